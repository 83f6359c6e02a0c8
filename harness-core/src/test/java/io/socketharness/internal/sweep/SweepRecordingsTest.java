package io.socketharness.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepRecordingsTest {

    @Test
    void limitsTheMemory() throws Exception {
        int size = 12 << 20;
        ServerSpec spec = ServerSpec.builder("tcp")
                .script(Script.parse("@receive " + size))
                .messageLimit(size)
                .build();
        try (FakeServer server = FakeServer.start(spec)) {
            try (Socket client = new Socket(server.host(), server.port())) {
                client.getOutputStream().write(new byte[size]);
            }
            server.recording()
                    .await(
                            all -> all.exchanges().stream().anyMatch(one -> one.has(Event.Kind.CLOSED)),
                            Duration.ofSeconds(10));
            SweepRecordings recordings = new SweepRecordings(spec);
            recordings.failed("first", server.recording());
            recordings.failed("second", server.recording());
            recordings.failed("third", server.recording());
            assertThat(recordings.of("first")).isPresent();
            assertThat(recordings.of("second")).isPresent();
            assertThat(recordings.of("third")).isEmpty();
        }
    }
}
