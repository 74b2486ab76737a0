package dev.tryon.testkit;

import java.util.SplittableRandom;

/** A coin: a raised rim, beads along it, and something struck in its middle. */
final class CoinFace implements FlatThing {
    private static final double[] SILVER = {0.56, 0.55, 0.53};
    private static final double[] GOLD = {0.60, 0.44, 0.20};
    private static final double[] COPPER = {0.52, 0.27, 0.16};
    private static final double RIM = 0.93;
    private static final double RING = 0.72;
    private static final int WAVES = 7;

    private final ClothReference.Coin coin;
    private final double radius;
    private final double tarnish;
    private final double[][] waves = new double[WAVES][4];

    CoinFace(ClothReference.Coin coin, SplittableRandom random) {
        this.coin = coin;
        this.radius = coin.diameterMillimetres() / 2;
        this.tarnish = random.nextDouble(0.55, 1.05);
        for (var wave : waves) {
            wave[0] = random.nextDouble(-1.9, 1.9);
            wave[1] = random.nextDouble(-1.9, 1.9);
            wave[2] = random.nextDouble(2 * Math.PI);
            wave[3] = random.nextDouble(0.4, 1);
        }
    }

    @Override
    public double thickness() {
        return coin.thicknessMillimetres();
    }

    @Override
    public double reach() {
        return radius;
    }

    @Override
    public boolean covers(double x, double y) {
        return x * x + y * y <= radius * radius;
    }

    @Override
    public double[] color(double x, double y) {
        var ring = Math.hypot(x, y) > RING * radius;
        var metal =
                switch (coin.metals()) {
                    case SILVER -> SILVER;
                    case GOLD -> GOLD;
                    case COPPER -> COPPER;
                    case SILVER_IN_GOLD -> ring ? GOLD : SILVER;
                    case GOLD_IN_SILVER -> ring ? SILVER : GOLD;
                };
        return new double[] {metal[0] * tarnish, metal[1] * tarnish, metal[2] * tarnish};
    }

    @Override
    public double relief(double x, double y) {
        var share = Math.hypot(x, y) / radius;
        if (share > RIM) {
            return 0.12;
        }
        var struck = 0.0;
        for (var wave : waves) {
            struck += wave[3] * Math.sin(wave[0] * x + wave[1] * y + wave[2]);
        }
        var middle = share < 0.62 ? 0.09 * Math.tanh(2.5 * struck) : 0;
        var beads = share > 0.78 && share < 0.88 ? 0.08 * Math.max(0, Math.cos(24 * Math.atan2(y, x))) : 0;
        return middle + beads;
    }

    @Override
    public double metal() {
        return 1;
    }

    @Override
    public double roughness() {
        return 0.34;
    }
}
