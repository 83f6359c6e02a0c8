package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time for files does not grow with the square of the number of connections. */
class ManyConnectionsTest {

    private static final int MANY = 4000;

    @TempDir
    Path directory;

    private static Recorder recorder() {
        Recorder recorder = new Recorder("tcp", 16 << 20, Duration.ofSeconds(5));
        for (int i = 0; i < MANY; i++) {
            ExchangeRecorder exchange = recorder.open(null, "client", false);
            exchange.publish();
            exchange.received(ByteBuffer.wrap(("PASS sesame" + i % 10 + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
        return recorder;
    }

    @Test
    @Timeout(20)
    void pagesAndPacketsAreFast() throws Exception {
        Recorder recorder = recorder();
        recorder.failures(() -> recorder.recording().exchanges().stream()
                .map(exchange -> new Report(
                        exchange, "tcp, connection " + exchange.index() + ": ", "failed", List.of(), "", List.of()))
                .toList());

        recorder.recording().writeHtml(directory.resolve("page.html"));
        recorder.recording().writePcapng(directory.resolve("packets.pcapng"));

        assertThat(directory.resolve("page.html")).content().contains(MANY + " failures");
        assertThat(Files.size(directory.resolve("packets.pcapng"))).isGreaterThan(MANY * 100);
    }

    @Test
    @Timeout(20)
    void secretsAreSearchedOnce() throws Exception {
        Recorder recorder = recorder();
        recorder.secrets(Secrets.matching(List.of("PASS (\\w+)")));

        recorder.recording().writeHtml(directory.resolve("page.html"));
        recorder.recording().writePcapng(directory.resolve("packets.pcapng"));

        assertThat(recorder.recording().toString()).contains("PASS ****").doesNotContain("sesame");
    }
}
