package io.socketharness.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownWordsTest {

    private static final List<String> WORDS =
            List.of("tcp", "udp", "a", "id", "@delay", "@half-close", "@receive", "@repeat", "recordingLimit");

    @ParameterizedTest
    @CsvSource({
        "upd, udp",
        "tpc, tcp",
        "TCP, tcp",
        "ids, id",
        "@dealy, @delay",
        "@Delay, @delay",
        "@dellay, @delay",
        "@halfclose, @half-close",
        "@half_close, @half-close",
        "@recieve, @receive",
        "recordinglimt, recordingLimit"
    })
    void findsTheNearestWord(String unknown, String meant) {
        assertThat(KnownWords.nearest(unknown, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"''", "b", "sctp", "htp", "@sleep", "@dxxxy", "@", "limit"})
    void findsNoneWhereNoneIsNear(String unknown) {
        assertThat(KnownWords.nearest(unknown, WORDS)).isEmpty();
    }

    @Test
    void asksForTheNearestWordOrListsAll() {
        assertThat(KnownWords.hint("upd", List.of("tcp", "udp"))).isEqualTo("did you mean udp?");
        assertThat(KnownWords.hint("sctp", List.of("tcp", "udp"))).isEqualTo("known are tcp, udp");
        assertThat(KnownWords.hint("sctp", List.of("tcp", "udp"), "two are known"))
                .isEqualTo("two are known");
    }

    @Test
    void takesTheFirstOfThoseThatAreEquallyNear() {
        assertThat(KnownWords.nearest("dls", List.of("tls", "dtls"))).contains("tls");
    }
}
