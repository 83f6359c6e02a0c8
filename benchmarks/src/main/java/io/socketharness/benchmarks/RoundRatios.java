package io.socketharness.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Ours beside another, measured by turns. The ratio is taken within each round, as a busy machine changes its speed.
 *
 * @param ours a number for each round
 * @param theirs the other's, for the same rounds
 */
record RoundRatios(List<Double> ours, List<Double> theirs) {

    long medianOfOurs() {
        return Math.round(quantile(ours, 0.5));
    }

    long medianOfTheirs() {
        return Math.round(quantile(theirs, 0.5));
    }

    /** The median of the ratios, with the quartiles. */
    @Override
    public String toString() {
        List<Double> ratios = IntStream.range(0, ours.size())
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .toList();
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                quantile(ratios, 0.5),
                quantile(ratios, 0.25),
                quantile(ratios, 0.75));
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
