package io.socketharness.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartSearchTest {

    @Test
    void findsAPartThatComesByteByByte() {
        PartSearch search = search("aab");
        for (String before : List.of("", "a", "aa", "aaa")) {
            assertThat(search.test(stream(before))).isFalse();
        }
        assertThat(search.test(stream("aaab"))).isTrue();
        assertThat(search.test(stream("aaabc"))).isTrue();
    }

    @Test
    void findsPartsBehindEachOther() {
        PartSearch search = search("ab", "bc", "");
        assertThat(search.found(stream("abc"))).isEqualTo(1);
        assertThat(search.found(stream("abcb"))).isEqualTo(1);
        assertThat(search.found(stream("abcbc"))).isEqualTo(3);
    }

    @Test
    void beginsAnewWhereTheBeginningChanges() {
        PartSearch search = search("PING");
        assertThat(search.test(stream("STARTTLS\n\26\3\1 a hello"))).isFalse();
        assertThat(search.test(stream("STARTTLS\nPING and more than the hello")))
                .isTrue();
    }

    @Test
    void findsNoPartInTwoDatagrams() {
        PartSearch search = search("ab", "c");
        assertThat(search.test(datagrams("a", "b"))).isFalse();
        assertThat(search.test(datagrams("a", "b", "abc"))).isTrue();
    }

    private static PartSearch search(String... parts) {
        return new PartSearch(Arrays.stream(parts).map(Bytes::ofText).toList());
    }

    private static Traffic stream(String text) {
        return Traffic.stream(Bytes.ofText(text));
    }

    private static Traffic datagrams(String... texts) {
        List<Event> events = Arrays.stream(texts)
                .map(text -> new Event(Duration.ZERO, Event.Kind.RECEIVED, Bytes.ofText(text), ""))
                .toList();
        return Traffic.datagrams(Bytes.ofText(String.join("", texts)), events, Event.Kind.RECEIVED);
    }
}
