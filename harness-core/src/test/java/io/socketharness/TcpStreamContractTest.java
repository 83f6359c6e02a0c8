package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.script.Behaviour;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpStreamContractTest extends StreamContract {

    @Override
    String url() {
        return "tcp:";
    }

    @Test
    void aPauseEndsThoughItsDeadlinePassesWhereTheWaitBegins() throws IOException {
        Behaviour pauses = connection -> {
            for (int i = 0; i < 1_000; i++) {
                connection.pause(Duration.ofNanos(i));
            }
            connection.sendLine("done");
        };
        try (FakeServer server = FakeServer.start("tcp:", pauses);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("done\r\n");
        }
    }
}
