package dev.tryon.testkit;

import java.util.SplittableRandom;

/** A ruler whose marks begin at its upper edge, with numbers under the long ones. */
final class RulerFace implements FlatThing {
    private static final double END = 6;
    private static final double MARK = 0.11;
    private static final double INCH = 25.4;
    private static final double NUMBER = 3.2;
    /** Which of the seven strokes a digit has: top, upper left, upper right, middle, lower left, lower right, bottom. */
    private static final int[] STROKES = {
        0b1110111, 0b0010010, 0b1011101, 0b1011011, 0b0111010, 0b1101011, 0b1101111, 0b1010010, 0b1111111, 0b1111011
    };

    private final ClothReference.Ruler ruler;
    private final double length;
    private final double width;
    private final double inset;
    private final double thickness;

    RulerFace(ClothReference.Ruler ruler, SplittableRandom random) {
        this.ruler = ruler;
        this.length = ruler.marks() == ClothReference.Marks.INCHES ? 12 * INCH : 10 * random.nextInt(15, 31);
        this.width = random.nextDouble(17, 30);
        this.inset = ruler.body() == ClothReference.Body.WHITE ? random.nextDouble(0.6) : 0;
        this.thickness = ruler.body() == ClothReference.Body.WOOD ? random.nextDouble(1, 2) : random.nextDouble(0.4, 1);
    }

    double width() {
        return width;
    }

    double length() {
        return length + 2 * END;
    }

    @Override
    public double thickness() {
        return thickness;
    }

    @Override
    public double reach() {
        return Math.hypot(length / 2 + END, width / 2);
    }

    @Override
    public boolean covers(double x, double y) {
        return Math.abs(x) <= length / 2 + END && Math.abs(y) <= width / 2;
    }

    @Override
    public double[] color(double x, double y) {
        var ink = marked(x + length / 2, width / 2 - y - inset);
        var grain = 0.06 * Math.sin(3 * y + 2 * Math.sin(x / 23)) * (ruler.body() == ClothReference.Body.WOOD ? 1 : 0);
        var body =
                switch (ruler.body()) {
                    case WHITE -> new double[] {0.80, 0.80, 0.77};
                    case WOOD -> new double[] {0.55 + grain, 0.36 + grain, 0.17 + grain / 2};
                    case STEEL -> new double[] {0.55, 0.55, 0.56};
                    case YELLOW -> new double[] {0.72, 0.55, 0.06};
                };
        return ink ? new double[] {0.03, 0.03, 0.03} : body;
    }

    /** Returns whether there is ink. @param along from the first mark @param below the edge where marks begin */
    private boolean marked(double along, double below) {
        if (below < 0 || along < -1 || along > length + 1) {
            return false;
        }
        var step = ruler.marks() == ClothReference.Marks.INCHES ? INCH / 16 : 1;
        var mark = Math.round(along / step);
        if (mark >= 0 && mark * step <= length + 1e-6 && Math.abs(along - mark * step) < MARK && below < reach(mark)) {
            return true;
        }
        var whole = ruler.marks() == ClothReference.Marks.INCHES ? INCH : 10;
        var number = Math.round(along / whole);
        return number >= 0
                && number * whole <= length + 1e-6
                && digits((int) number, along - number * whole, below - reach(0) - 0.8);
    }

    private double reach(long mark) {
        if (ruler.marks() == ClothReference.Marks.INCHES) {
            return mark % 16 == 0 ? 9 : mark % 8 == 0 ? 7 : mark % 4 == 0 ? 5.5 : mark % 2 == 0 ? 4.2 : 3;
        }
        return mark % 10 == 0 ? 7 : mark % 5 == 0 ? 5.2 : 3.6;
    }

    private static boolean digits(int number, double x, double below) {
        var text = Integer.toString(number);
        var wide = NUMBER * 0.62;
        var place = x + text.length() * wide / 2;
        var at = (int) Math.floor(place / wide);
        if (at < 0 || at >= text.length() || below < 0 || below > NUMBER) {
            return false;
        }
        var u = (place - at * wide) / wide / 0.78;
        var v = below / NUMBER;
        var strokes = STROKES[text.charAt(at) - '0'];
        var thick = 0.14;
        var inside = u <= 1;
        return inside
                && (((strokes & 64) != 0 && v < thick)
                        || ((strokes & 32) != 0 && u < 1.4 * thick && v < 0.5)
                        || ((strokes & 16) != 0 && u > 1 - 1.4 * thick && v < 0.5)
                        || ((strokes & 8) != 0 && Math.abs(v - 0.5) < thick / 2)
                        || ((strokes & 4) != 0 && u < 1.4 * thick && v > 0.5)
                        || ((strokes & 2) != 0 && u > 1 - 1.4 * thick && v > 0.5)
                        || ((strokes & 1) != 0 && v > 1 - thick));
    }

    @Override
    public double relief(double x, double y) {
        return 0;
    }

    @Override
    public double metal() {
        return ruler.body() == ClothReference.Body.STEEL ? 0.8 : 0;
    }

    @Override
    public double roughness() {
        return ruler.body() == ClothReference.Body.STEEL ? 0.45 : 0.5;
    }
}
