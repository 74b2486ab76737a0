package dev.tryon.testkit;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The nails that people marked in a photograph, one set of pixels each.
 *
 * <p>Labels are text files of the YOLO segmentation form: a line a nail, {@code class x1 y1 x2 y2 …}, relative to width and
 * height.
 *
 * @param nails bit {@code y * width + x} is set where the nail is
 */
record NailTruth(int width, int height, List<BitSet> nails) {
    /** Reads the labels of one picture; a missing or empty file means that nobody marked it. */
    static NailTruth read(Path labels, int width, int height) throws IOException {
        var nails = new ArrayList<BitSet>();
        if (Files.exists(labels)) {
            for (var line : Files.readAllLines(labels)) {
                var fields = line.strip().split("\\s+", -1);
                if (fields.length >= 7) {
                    nails.add(fill(fields, width, height));
                }
            }
        }
        return new NailTruth(width, height, List.copyOf(nails));
    }

    /** Returns where the labels of a picture are: {@code …/images/NAME.jpg} has {@code …/labels/NAME.txt}. */
    static Path labelsOf(Path picture) {
        var name = picture.getFileName().toString();
        var stem = name.substring(0, name.lastIndexOf('.'));
        return picture.resolveSibling("../labels").resolve(stem + ".txt").normalize();
    }

    /** Returns the pixels of all nails together. */
    BitSet together() {
        var all = new BitSet(width * height);
        nails.forEach(all::or);
        return all;
    }

    private static BitSet fill(String[] fields, int width, int height) {
        var outline = new Path2D.Double();
        for (int at = 1; at + 1 < fields.length; at += 2) {
            double x = Double.parseDouble(fields[at]) * width;
            double y = Double.parseDouble(fields[at + 1]) * height;
            if (at == 1) {
                outline.moveTo(x, y);
            } else {
                outline.lineTo(x, y);
            }
        }
        outline.closePath();
        var canvas = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setColor(Color.WHITE);
        graphics.fill(outline);
        graphics.dispose();
        var bytes = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
        var pixels = new BitSet(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            pixels.set(at, bytes[at] != 0);
        }
        return pixels;
    }
}
