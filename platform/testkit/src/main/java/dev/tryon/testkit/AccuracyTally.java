package dev.tryon.testkit;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of right and wrong paint over many pictures.
 *
 * <p>IoU is pooled: intersection and union are summed over all pictures before they are divided. A painted nail counts as
 * found when its IoU with a marked one that is still free is at least 0.5, the best pairs first.
 */
final class AccuracyTally {
    private static final double SAME_NAIL = 0.5;

    private long pictures;
    private long intersection;
    private long union;
    private long marked;
    private long painted;
    private long matched;
    private double matchedIou;

    /** Adds one picture. */
    void add(List<BitSet> truth, List<BitSet> paint) {
        pictures++;
        var allTruth = together(truth);
        var allPaint = together(paint);
        intersection += overlap(allTruth, allPaint);
        allTruth.or(allPaint);
        union += allTruth.cardinality();
        marked += truth.size();
        painted += paint.size();
        match(truth, paint);
    }

    /** Adds one marked nail with the best IoU that paint has with it: for counts by size of nail. */
    void addNail(double bestIou) {
        marked++;
        if (bestIou >= SAME_NAIL) {
            matched++;
            matchedIou += bestIou;
        }
    }

    private void match(List<BitSet> truth, List<BitSet> paint) {
        var free = new BitSet();
        free.set(0, truth.size());
        var unmatched = new BitSet();
        unmatched.set(0, paint.size());
        while (true) {
            double best = SAME_NAIL;
            int bestTruth = -1;
            int bestPaint = -1;
            for (int t = free.nextSetBit(0); t >= 0; t = free.nextSetBit(t + 1)) {
                for (int p = unmatched.nextSetBit(0); p >= 0; p = unmatched.nextSetBit(p + 1)) {
                    double iou = iou(truth.get(t), paint.get(p));
                    if (iou >= best) {
                        best = iou;
                        bestTruth = t;
                        bestPaint = p;
                    }
                }
            }
            if (bestTruth < 0) {
                return;
            }
            matched++;
            matchedIou += best;
            free.clear(bestTruth);
            unmatched.clear(bestPaint);
        }
    }

    /** Returns the figures, all 0..1 but the counts. */
    Map<String, Double> metrics() {
        var metrics = new TreeMap<String, Double>();
        if (pictures > 0) {
            metrics.put("pictures", (double) pictures);
        }
        metrics.put("nails", (double) marked);
        if (union > 0) {
            metrics.put("pooledIou", (double) intersection / union);
        }
        if (marked > 0) {
            metrics.put("recall", (double) matched / marked);
        }
        if (painted > 0) {
            metrics.put("precision", (double) matched / painted);
        }
        if (matched > 0) {
            metrics.put("meanIouOfFound", matchedIou / matched);
        }
        return metrics;
    }

    static BitSet together(List<BitSet> parts) {
        var all = new BitSet();
        parts.forEach(all::or);
        return all;
    }

    static double iou(BitSet left, BitSet right) {
        if (!left.intersects(right)) {
            return 0;
        }
        double both = overlap(left, right);
        return both / (left.cardinality() + right.cardinality() - both);
    }

    private static long overlap(BitSet left, BitSet right) {
        var both = (BitSet) left.clone();
        both.and(right);
        return both.cardinality();
    }
}
