package io.socketharness.examples.documents;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.assertj.SocketAssertions;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.spi.TestCode;
import io.socketharness.spi.VerificationResult;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that the text of a guide quotes are those that the code gives. */
@Timeout(60)
class QuotedMessagesTest {

    @Test
    void aPortThatIsTaken() throws IOException {
        try (FakeServer other = FakeServer.start("tcp:")) {
            String message = message(() -> FakeServer.start("tcp://127.0.0.1:" + other.port()));

            assertQuoted("docs/ci.md", message.replace(String.valueOf(other.port()), "2525"));
            assertQuoted("docs/failures.md", message.replace(String.valueOf(other.port()), "8080"));
        }
    }

    @Test
    void anAddressOfAnotherMachine() throws IOException {
        assertQuoted("docs/ci.md", message(() -> FakeServer.start("tcp://192.0.2.1:0")));
    }

    @Test
    void twoWholeScriptsInOneList() throws IOException {
        assertQuoted(
                "docs/behaviours.md",
                message(() -> Script.of(Script.of(expectLine("a"), sendLine("b")), Script.of(expectLine("c")))));
    }

    @Test
    void acceptWhereAScriptServesAll() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"))) {
            assertQuoted("docs/behaviours.md", withoutTitle(message(server::accept), ": "));
        }
    }

    @Test
    void aDatagramThatIsNotSent() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[1], 1, server.address()));
            Connection connection = server.accept();
            server.refuse();
            connection.sendLine("12:00");
            String dialogue = connection.exchange().toString();

            assertQuoted("docs/datagrams.md", dialogue.substring(dialogue.indexOf("a datagram of")));
        }
    }

    @Test
    void aDatagramThatIsTooLarge() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[1], 1, server.address()));
            Connection connection = server.accept();

            assertQuoted("docs/datagrams.md", message(() -> connection.send(new byte[65_508])));
        }
    }

    @Test
    void aScriptTooFew() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?strict=false")) {
            server.enqueue(expectLine("a"));
            try (Socket one = new Socket(server.host(), server.port());
                    Socket two = new Socket(server.host(), server.port())) {
                one.getOutputStream().write("a\n".getBytes(UTF_8));
                two.getOutputStream().write("a\n".getBytes(UTF_8));
                server.recording().awaitExchange(1).awaitReceived("a");
                String message = message(server::verify).lines().findFirst().orElseThrow();

                assertQuoted("docs/failures.md", message.substring(message.indexOf("the client connected")));
            }
        }
    }

    @Test
    void aClientThatReadsInVain() throws IOException {
        for (Behaviour[] steps : List.of(new Behaviour[] {expectLine("PING")}, new Behaviour[0])) {
            try (FakeServer server = FakeServer.start("tcp:", steps);
                    Socket client = new Socket(server.host(), server.port())) {
                client.getOutputStream().write("PING\r\n".getBytes(UTF_8));
                server.recording().awaitExchange(0).awaitReceived("PING");
                VerificationResult result = new VerificationResult();
                result.verifyCutShort(server, new SocketTimeoutException("Read timed out"));
                String message = message(() -> {
                    throw result.failure(new TestCode(QuotedMessagesTest.class, "test"))
                            .orElseThrow();
                });
                String line = message.lines()
                        .filter(l -> l.startsWith("connection 0: "))
                        .findFirst()
                        .orElseThrow();

                assertQuoted("docs/failures.md", line.substring("connection 0: ".length()));
            }
        }
    }

    @Test
    void bytesThatAreNotKept() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?recordingLimit=1");
                Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write("abc".getBytes(UTF_8));
            String message = message(() -> SocketAssertions.assertThat(server)
                    .connection(0)
                    .within(Duration.ofSeconds(5))
                    .received("abcd"));

            assertThat(message).contains("not all bytes are kept, recording limit of 1 bytes reached");
            assertQuoted("docs/recordings.md", "not all bytes are kept, recording limit of … reached");
        }
    }

    private static String message(ThrowingCallable code) {
        return String.valueOf(catchThrowable(code).getMessage());
    }

    private static String withoutTitle(String message, String separator) {
        return message.substring(message.indexOf(separator, message.indexOf("127.0.0.1")) + separator.length());
    }

    private static void assertQuoted(String document, String message) throws IOException {
        assertThat(String.join(" ", Markdown.read(document).lines()).replaceAll(" +", " "))
                .contains("`" + message + "`");
    }
}
