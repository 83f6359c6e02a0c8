package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Secrets in dialogues. */
class HiddenSecretsTest {

    @Test
    void leaveTheTimesVisible() throws IOException {
        ServerSpec spec = ServerSpec.parse("tcp:").toBuilder()
                .script(Script.parse("C~ PASS (?<word>.*)\nS: welcome ${word}"))
                .redact("PASS (.*)")
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PASS s3cret\r\n").readLine()).isEqualTo("welcome s3cret\r\n");

            assertThat(server.recording().exchanges().get(0).toString())
                    .containsPattern("C: PASS \\*{6} +\\d+\\.\\d ms")
                    .containsPattern("S: welcome \\*{6} +\\d+\\.\\d ms");
        }
    }
}
