package dev.tryon.fabric;

import java.util.Optional;
import org.opencv.core.Mat;

/**
 * The maps of a scanned cloth, square and of one size; the matrices belong to whoever asked for the scan.
 *
 * @param base colour, {@code CV_8UC3}, BGR, sRGB
 * @param height {@code CV_8U}, 0 the deepest and 255 the highest place
 * @param normals {@code CV_8UC3}, BGR: z, y up (OpenGL), x to the right
 * @param roughness {@code CV_8U}
 * @param occlusion {@code CV_8U}, 255 where all light arrives
 * @param metalness {@code CV_8U}
 * @param opacity {@code CV_8U}, 0 where one sees through, for lace
 * @param relief how far height 255 lies above height 0, as a share of the tile's width
 * @param dye share of the brightness that goes with hue, 0..1
 * @param guess what class the cloth was taken for
 */
record ScannedMaps(
        Mat base,
        Mat height,
        Mat normals,
        Mat roughness,
        Mat occlusion,
        Mat metalness,
        Optional<Mat> opacity,
        double relief,
        double dye,
        ClassGuess guess) {}
