package io.socketharness.internal.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The difference that is printed when a tape is recorded again. */
class TapeDifferenceTest {

    @Test
    void showsTheLinesThatDiffer() {
        assertThat(TapeDifference.of(
                        "@connection\nC: a\nS: 1\nC: b\nS: 2\n", "@connection\nC: a\nS: 3\nC: b\nS: 2\nC: c\n"))
                .hasToString("""
                        3 lines differ:
                          - S: 1
                          + S: 3
                          + C: c""");
        assertThat(TapeDifference.of("C: a\n", "C: a\nS: b\n")).hasToString("1 line differs:\n  + S: b");
    }

    @Test
    void ignoresCommentsAndEmptyLines() {
        assertThat(TapeDifference.of(
                                "# old\n\n@connection\n  C: a\n# 1.2 s later\nS: b\n",
                                "# new\n@connection\nC: a\nS: b\n")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void isShortenedIfItIsLong() {
        String many = lines(0, 100);
        assertThat(TapeDifference.of("", many).toString().lines()).hasSize(42).endsWith("  … and 60 more");
        assertThat(TapeDifference.of("", "S: " + "x".repeat(1000)).toString()).hasSizeLessThan(200);
        assertThat(TapeDifference.of(lines(0, 9_000), lines(10_000, 19_000)).toString())
                .startsWith("18000 lines differ:");
        assertThat(TapeDifference.of(lines(0, 9_000), lines(0, 9_000) + "S: end\n"))
                .hasToString("1 line differs:\n  + S: end");
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "S: " + i + "\n").collect(Collectors.joining());
    }
}
