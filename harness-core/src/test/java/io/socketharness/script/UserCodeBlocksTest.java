package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Scripts and blocks that run out of code of the user's own, which may catch what they throw. */
class UserCodeBlocksTest {

    @Test
    void userCodeRunsBlocksAndTheScriptContinuesAfterIt() throws IOException {
        Behaviour own = connection -> {
            repeat(2, expectLine("a"), eol(Eol.LF), sendLine("1")).run(connection);
            match(when(expectLine("b"), sendLine("2")), when(expectLine("c"), leave()))
                    .run(connection);
            connection.sendLine("3");
        };
        try (FakeServer server = FakeServer.start("tcp:", repeat(2, own, expectLine("d")), sendLine("end"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\na\nb\nc\nd\na\na\nc\nd\n");
            assertThat(client.read(22)).isEqualTo("1\n1\n2\r\n3\r\n1\n1\n3\r\nend\r\n");
            server.verify();
        }
    }

    @Test
    void aBlockEndsWithTheClientAndUserCodeContinues() throws IOException {
        Behaviour own = connection -> {
            forever(repeat(1, expectLine("a")), sendLine("1")).run(connection);
            connection.sendLine("2");
        };
        try (FakeServer server = FakeServer.start("tcp:", own, sendLine("3"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\na\n").halfClose();
            assertThat(client.readToEnd()).isEqualTo("1\r\n1\r\n2\r\n3\r\n");
            server.verify();
        }
    }

    @Test
    void userCodeCatchesTheExceptionOfItsScriptAndTheNextStepFails() throws IOException {
        Behaviour own = connection -> {
            try {
                forever(repeat(2, expectLine("a"), expectLine("b"))).run(connection);
            } catch (ExpectationFailed expected) {
                connection.sendLine("caught");
            }
        };
        try (FakeServer server = FakeServer.start("tcp:", own, expectLine("c"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\nx\n");
            assertThat(client.readLine()).isEqualTo("caught\r\n");
            client.send("y\n").readToEnd();
            assertThat(Reports.of(server)).contains("connection 0: step 2 of 2 failed", "expected  c");
        }
    }

    @Test
    void anAcceptedConnectionRunsAScript() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();
            client.send("a\na\nb\nx\n");
            Script.of(repeat(2, expectLine("a")), maybe(expectLine("c")), expectLine("b"), sendLine("1"))
                    .run(connection);
            forever(maybe(expectLine("never")), sendLine("2"), close()).run(connection);
            assertThat(client.readToEnd()).isEqualTo("1\r\n2\r\n");
        }
    }
}
