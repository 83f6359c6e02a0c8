package io.socketharness.forward;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of real servers on Unix sockets, as a text and as a URI. */
class ForwardPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "a%20b", "100%", "a+b", "äöü", "a%zz"})
    void mayContainAnyCharacter(String name, @TempDir Path directory) throws IOException {
        Path path = directory.resolve(name);
        try (FakeServer real = FakeServer.start(
                ServerSpec.builder("unix").path(path).script(Script.of(echo())).build())) {
            passes("unix://" + path);
            passes(real.uri().toString());
        }
    }

    private static void passes(String address) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", forwardTo(address));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\r\n").readLine()).isEqualTo("a\r\n");
            server.verify();
        }
    }
}
