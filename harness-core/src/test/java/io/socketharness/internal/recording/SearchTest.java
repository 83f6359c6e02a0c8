package io.socketharness.internal.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchTest {

    private final Recorder recorder = new Recorder("tcp://test", 1000, Duration.ofMinutes(1));

    @Test
    void findsBytesThatComeOneByOne() {
        ExchangeRecorder stream = recorder.open(null, "a client", false);
        Search search = new Search(stream.exchange(), Bytes.ofText("aab"));
        for (String next : "aaa".split("")) {
            assertThat(search.isFound()).isFalse();
            receive(stream, next);
        }
        assertThat(search.isFound()).isFalse();
        receive(stream, "b");
        assertThat(search.isFound()).isTrue();
        assertThat(search.isFound()).isTrue();
    }

    @Test
    void findsNothingAtOnce() {
        Search search = new Search(recorder.open(null, "a client", false).exchange(), Bytes.of());
        assertThat(search.isFound()).isTrue();
    }

    @Test
    void findsBytesThatReplaceAHello() {
        ExchangeRecorder stream = recorder.open(null, "a client", false);
        Search search = new Search(stream.exchange(), Bytes.ofText("PING"));
        receive(stream, "STARTTLS\n the beginning of a hello");
        assertThat(search.isFound()).isFalse();
        assertThat(stream.takeBack(9)).isNotEmpty();
        receive(stream, "PING and more than the hello had");
        assertThat(search.isFound()).isTrue();
    }

    @Test
    void findsBytesWithinOneDatagram() {
        ExchangeRecorder datagrams = recorder.open(null, "a client", true);
        Search search = new Search(datagrams.exchange(), Bytes.ofText("ab"));
        receive(datagrams, "a");
        assertThat(search.isFound()).isFalse();
        receive(datagrams, "b");
        assertThat(search.isFound()).isFalse();
        receive(datagrams, "cab");
        assertThat(search.isFound()).isTrue();
    }

    private static void receive(ExchangeRecorder exchange, String text) {
        exchange.received(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
