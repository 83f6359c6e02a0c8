package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.junit5.FaultSweep;
import io.socketharness.sweep.Effect;
import io.socketharness.sweep.Verdict;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the guide on sweeps have all effects, verdicts and options, and no others. */
class SweepGuideTest {

    @Test
    void everyEffectIsShown() throws IOException {
        assertThat(codes("Effects")).containsExactlyElementsOf(names(Effect.values()));
    }

    @Test
    void everyVerdictIsShown() throws IOException {
        assertThat(codes("Verdicts")).containsExactlyInAnyOrderElementsOf(names(Verdict.values()));
    }

    @Test
    void everyOptionIsShown() throws IOException {
        List<String> options = codes("Options").stream()
                .filter(code -> !code.startsWith("socketharness."))
                .map(code -> code.replaceFirst(" =.*", ""))
                .toList();

        assertThat(options)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FaultSweep.class.getDeclaredMethods())
                        .map(Method::getName)
                        .toList());
    }

    private static List<String> names(Object[] values) {
        return Stream.of(values).map(Object::toString).toList();
    }

    private static List<String> codes(String heading) throws IOException {
        return Markdown.read("docs/sweep.md").rows(heading).stream()
                .flatMap((Row row) -> row.code(0).stream())
                .toList();
    }
}
