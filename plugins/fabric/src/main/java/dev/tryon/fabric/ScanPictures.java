package dev.tryon.fabric;

import dev.tryon.spi.Frame;
import dev.tryon.vision.Pixels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** Maps as frames, by the names that files and results give them. */
final class ScanPictures {
    private ScanPictures() {}

    /** Copies the maps. @return frames that the caller owns */
    static Map<String, Frame> of(ScannedMaps maps, MatScope scope) {
        var pictures = new LinkedHashMap<String, Frame>();
        pictures.put("basecolor", colored(maps.base(), scope));
        pictures.put("height", grey(maps.height(), scope));
        pictures.put("normal", colored(maps.normals(), scope));
        pictures.put("normal-dx", directX(maps.normals(), scope));
        pictures.put("roughness", grey(maps.roughness(), scope));
        pictures.put("ao", grey(maps.occlusion(), scope));
        pictures.put("metalness", grey(maps.metalness(), scope));
        maps.opacity().ifPresent(opacity -> pictures.put("opacity", grey(opacity, scope)));
        return pictures;
    }

    private static Frame colored(Mat bgr, MatScope scope) {
        var frame = Frame.allocate(bgr.cols(), bgr.rows());
        bgr.copyTo(scope.keep(Pixels.mat(frame)));
        return frame;
    }

    private static Frame grey(Mat plane, MatScope scope) {
        var frame = Frame.allocate(plane.cols(), plane.rows());
        Imgproc.cvtColor(plane, scope.keep(Pixels.mat(frame)), Imgproc.COLOR_GRAY2BGR);
        return frame;
    }

    /** DirectX's y goes down: green is the other way round. */
    private static Frame directX(Mat normals, MatScope scope) {
        var frame = colored(normals, scope);
        var pixels = scope.keep(Pixels.mat(frame));
        var green = scope.mat(normals.rows(), normals.cols(), CvType.CV_8U);
        Core.extractChannel(pixels, green, 1);
        Core.bitwise_not(green, green);
        Core.insertChannel(green, pixels, 1);
        return frame;
    }
}
