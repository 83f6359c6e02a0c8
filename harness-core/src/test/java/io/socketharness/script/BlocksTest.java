package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Steps that hold steps. */
class BlocksTest {

    @Test
    void repeatDoesItsStepsSoManyTimes() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", repeat(3, expectLine("a"), sendLine("b")), sendLine("end"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\na\na\n");

            assertThat(client.read(14)).isEqualTo("b\r\nb\r\nb\r\nend\r\n");
            server.verify();
        }
    }

    @Test
    void foreverLetsTheClientLeaveWhereARoundBegins() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", forever(expectLine("a"), sendLine("b"), expectLine("c")))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("a\nc\na\n");
                assertThat(client.read(6)).isEqualTo("b\r\nb\r\n");
                client.send("c\n").halfClose();
                assertThat(client.readToEnd()).isEmpty();
            }
            server.verify();
        }
    }

    @Test
    void foreverDoesNotLetTheClientLeaveInTheMiddle() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", forever(expectLine("a"), sendLine("b"), expectLine("c")));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n").halfClose();

            assertThat(client.readToEnd()).isEqualTo("b\r\n");
            assertThat(Reports.of(server))
                    .contains("step 1 of 1, in it step 3 of 3 failed")
                    .contains("the client closed the connection while the server waited for the line \"c\"");
        }
    }

    @Test
    void foreverFailsIfNoRoundMatchesTheInput() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", forever(maybe(expectLine("a")), maybe(expectLine("b"))));
                TestClient client = TestClient.connect(server)) {
            client.send("b\na\nc\n");

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server))
                    .contains("no @maybe of the block matches the received bytes\n\n  received  c\\n\n");
        }
    }

    @Test
    void foreverWithoutInputEndsWithTheServer() throws IOException {
        FakeServer server = FakeServer.start("tcp:", forever(connection -> {}));
        try (TestClient client = TestClient.connect(server)) {
            client.send("a");
            server.recording().awaitReceived("a");

            server.close();

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.isAlive()
                            && thread.getName().startsWith(server.recording().title()));
        }
    }

    @Test
    void maybeTakesItsMessageOrLeavesIt() throws IOException {
        Behaviour[] steps = {maybe(expectLine("HELLO"), sendLine("hi")), expectLine("QUIT"), sendLine("bye")};
        try (FakeServer server = FakeServer.start("tcp:", steps);
                TestClient polite = TestClient.connect(server);
                TestClient curt = TestClient.connect(server)) {
            assertThat(polite.send("HELLO\nQUIT\n").read(9)).isEqualTo("hi\r\nbye\r\n");
            assertThat(curt.send("QUIT\n").readLine()).isEqualTo("bye\r\n");
            server.verify();
        }
    }

    @Test
    void aDispatcherTakesTheFirstCaseThatFits() throws IOException {
        Script script = Script.parse("""
                @match
                  C: PING
                  S: PONG
                @or
                  C~ GET (?<key>.*)
                  S: value of ${key}
                @or
                  C~ .*G.*
                  S: never for PING
                @otherwise
                  S: ?
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script)) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("GET a\nPING\nGONE\nx\nGET b\n").halfClose();

                assertThat(client.readToEnd()).isEqualTo("value of a\r\nPONG\r\nnever for PING\r\n?\r\nvalue of b\r\n");
            }
            server.verify();
        }
    }

    @Test
    void leaveEndsTheDispatcherAroundItFromWithinOtherBlocks() throws IOException {
        Script script = Script.parse("""
                @match
                  C: IN
                  @match
                    C: OUT
                    @eol none
                    @repeat 1
                      S: left
                      @leave
                    @end
                  @or
                    C: STAY
                    S: here
                  @end
                  S: outer
                @or
                  C: QUIT
                  @leave
                @end
                S: bye
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("IN\nSTAY\nOUT\nIN\nOUT\nQUIT\n");

            assertThat(client.read(33)).isEqualTo("here\r\nleftouter\r\nleftouter\r\nbye\r\n");
            server.verify();
        }
    }

    @Test
    void settingsEndWithTheirBlock() throws IOException {
        Script script = Script.parse("""
                @match
                  C: a
                  @eol lf
                  S: 1
                @or
                  C: b
                  S: 2
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("a\nb\na\nb\n");

            assertThat(client.read(10)).isEqualTo("1\n2\r\n1\n2\r\n");
            server.verify();
        }
    }

    @Test
    void aScriptMayBePartOfAnother() throws IOException {
        Script login = Script.parse("@eol lf\nC: LOGIN\nS: welcome");
        try (FakeServer server = FakeServer.start("tcp:", sendLine("hello"), repeat(1, login), sendLine("bye"));
                TestClient client = TestClient.connect(server)) {
            client.send("LOGIN\n");

            assertThat(client.read(20)).isEqualTo("hello\r\nwelcome\nbye\r\n");
            server.verify();
        }
    }

    @Test
    void theSettingsOfAScriptHoldForTheStepsBehindIt() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            server.enqueue(Script.parse("@frame length 1\nC< A"), send("PONG"));
            client.send("\u0001A");

            assertThat(client.read(5)).isEqualTo("\u0004PONG");
            server.verify();
        }
    }

    @Test
    void datagramsAreDispatchedToo() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "udp:", match(when(expectLine("a"), sendLine("1")), when(expect("b\n"), sendLine("2"))));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send("b\n").receive()).isEqualTo("2");
            assertThat(client.send("a").receive()).isEqualTo("1");
            server.verify();
        }
    }
}
