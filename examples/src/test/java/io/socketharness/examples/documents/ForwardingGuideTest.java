package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Script;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/forwarding.md}. */
class ForwardingGuideTest {

    private static final String GUIDE = "docs/forwarding.md";

    static Stream<String> addresses() throws IOException {
        return Markdown.read(GUIDE).rows("The address").stream()
                .map(row -> row.code(1).get(0));
    }

    static Stream<String> upgrades() throws IOException {
        return Markdown.read(GUIDE).rows("STARTTLS").stream()
                .map(row -> row.code(1).get(0));
    }

    static List<Row> mistakes() throws IOException {
        return Markdown.read(GUIDE).rows("Mistakes");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressesAreRead(String address) {
        assertThat(Script.of(Behaviours.forwardTo(address)).toString()).isEqualTo("@forward " + address + "\n");
    }

    @ParameterizedTest
    @MethodSource("upgrades")
    void linesAreRead(String line) {
        assertThat(Script.parse(line).toString()).isEqualTo(line + "\n");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreExplained(Row row) {
        assertThatThrownBy(() -> Script.parse(row.code(0).get(0)))
                .hasMessageContaining(row.code(1).get(0));
    }
}
