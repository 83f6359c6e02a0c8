package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.examples.documents.Markdown.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide says that properties may refer to is what they may. */
class ApplicationsGuideTest {

    static List<Row> rows() throws IOException {
        return Markdown.read("docs/applications.md").rows("By system properties");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isKnownOverTheTransportsThatAreNamed(Row row) {
        String variable = row.code(0).get(0);

        assertThat(Arrays.stream(Transport.values())
                        .filter(transport -> isAllowed(transport, variable))
                        .map(Transport::toString))
                .containsExactlyInAnyOrderElementsOf(row.code(2));
    }

    private static boolean isAllowed(Transport transport, String variable) {
        try {
            return !ServerSpec.builder(transport)
                    .properties("a=" + variable)
                    .build()
                    .properties()
                    .isEmpty();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
