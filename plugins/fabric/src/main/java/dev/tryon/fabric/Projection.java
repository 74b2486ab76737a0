package dev.tryon.fabric;

import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * A map of a plane onto another as a camera makes it: (x, y) goes to ((a x + b y + c) / w, (d x + e y + f) / w),
 * w = g x + h y + i.
 */
record Projection(double a, double b, double c, double d, double e, double f, double g, double h, double i) {
    /**
     * Returns the map that takes the unit square onto a quadrilateral (Heckbert 1989, "Fundamentals of Texture
     * Mapping and Image Warping", 2.2.3).
     */
    static Projection unitSquareTo(Corners corners) {
        var p0 = corners.topLeft();
        var p1 = corners.topRight();
        var p2 = corners.bottomRight();
        var p3 = corners.bottomLeft();
        var sum = p0.minus(p1).plus(p2).minus(p3);
        var right = p1.minus(p2);
        var down = p3.minus(p2);
        var area = right.cross(down);
        var g = sum.cross(down) / area;
        var h = right.cross(sum) / area;
        return new Projection(
                p1.x() - p0.x() + g * p1.x(),
                p3.x() - p0.x() + h * p3.x(),
                p0.x(),
                p1.y() - p0.y() + g * p1.y(),
                p3.y() - p0.y() + h * p3.y(),
                p0.y(),
                g,
                h,
                1);
    }

    /** Returns the map that takes (1, 0) to a way, (0, 1) to another, and (0, 0) to a place. */
    static Projection affine(Spot across, Spot down, Spot origin) {
        return new Projection(across.x(), down.x(), origin.x(), across.y(), down.y(), origin.y(), 0, 0, 1);
    }

    /** Returns the map that does the other first and then this. */
    Projection after(Projection first) {
        return new Projection(
                a * first.a + b * first.d + c * first.g,
                a * first.b + b * first.e + c * first.h,
                a * first.c + b * first.f + c * first.i,
                d * first.a + e * first.d + f * first.g,
                d * first.b + e * first.e + f * first.h,
                d * first.c + e * first.f + f * first.i,
                g * first.a + h * first.d + i * first.g,
                g * first.b + h * first.e + i * first.h,
                g * first.c + h * first.f + i * first.i);
    }

    /** Returns the map that goes back. */
    Projection inverse() {
        return new Projection(
                e * i - f * h,
                c * h - b * i,
                b * f - c * e,
                f * g - d * i,
                a * i - c * g,
                c * d - a * f,
                d * h - e * g,
                b * g - a * h,
                a * e - b * d);
    }

    /** Returns how far away from the camera a place is, in some unit: below 0 it is behind. */
    double depth(Spot place) {
        return g * place.x() + h * place.y() + i;
    }

    /** Returns where a place goes. */
    Spot map(Spot place) {
        var w = g * place.x() + h * place.y() + i;
        return new Spot((a * place.x() + b * place.y() + c) / w, (d * place.x() + e * place.y() + f) / w);
    }

    /** Returns the map as OpenCV takes it: {@code CV_64F}, 3x3. */
    Mat matrix(MatScope scope) {
        var matrix = scope.mat(3, 3, CvType.CV_64F);
        matrix.put(0, 0, a, b, c, d, e, f, g, h, i);
        return matrix;
    }
}
