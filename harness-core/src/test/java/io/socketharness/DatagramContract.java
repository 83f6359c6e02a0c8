package io.socketharness;

import static io.socketharness.script.Behaviours.delay;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Connection;
import io.socketharness.testing.ServerThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds over every transport of datagrams in clear. */
@Timeout(60)
abstract class DatagramContract {

    /** The transport's URL, such as {@code udp:}. */
    abstract String url();

    /** The URL with more options. */
    final String url(String options) {
        return url() + (url().contains("?") ? "&" : "?") + options;
    }

    @Test
    void aServerThatComesBackBeginsANewConversation() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.enqueue(expectLine("one"), send("1"), expectLine("outstanding when it goes down"));
            server.enqueue(expectLine("two"), send("2"));
            try (Client client = Client.of(server)) {
                client.send("one");
                assertThat(client.receive()).isEqualTo("1");

                server.goDown();
                assertThat(server).hasToString("FakeServer{" + server.uri() + ", refusing}");
                server.listen();

                client.send("two");
                assertThat(client.receive()).isEqualTo("2");
            }
            server.verify();
            assertThat(server.connections()).hasSize(2);
        }
    }

    /** The thread of a script that waits for time ends with the server, not after that time. */
    @Test
    void aScriptThatWaitsForTimeEndsWithAServerThatWentDown() throws IOException {
        FakeServer server = FakeServer.start(url(), expectLine("one"), send("1"), delay(Duration.ofHours(1)));
        try (Client client = Client.of(server)) {
            client.send("one");
            assertThat(client.receive()).isEqualTo("1");
            server.goDown();
            server.listen();
            client.send("one");
            assertThat(client.receive()).isEqualTo("1");
        }
        server.close();
        ServerThreads.awaitEndOfConnections(server);
    }

    @Test
    void aShortReceiveLosesTheRestAndTheRecordingHoldsTheWhole() throws IOException {
        try (FakeServer server = FakeServer.start(url(), receive(1, "first"), send("${first}"), expectLine("next"));
                Client client = Client.of(server)) {
            client.send("whole");
            assertThat(client.receive()).isEqualTo("w");
            client.send("next");
            server.verify();
            assertThat(server.recording()
                            .exchanges()
                            .get(0)
                            .receivedDatagrams()
                            .get(0)
                            .text())
                    .isEqualTo("whole");
        }
    }

    @Test
    void oneConversationAnswersTheSourceOfTheDatagramReceivedLast() throws IOException {
        try (FakeServer server =
                FakeServer.start(url("conversation=one"), expectLine("a"), send("1"), expectLine("b"), send("2"))) {
            try (Client first = Client.of(server);
                    Client second = Client.of(server)) {
                first.send("a");
                assertThat(first.receive()).isEqualTo("1");
                second.send("b");
                assertThat(second.receive()).isEqualTo("2");
            }
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
            assertThat(server.recording().exchanges().get(0).toString()).contains("  C: a", "from ");
        }
    }

    @Test
    void anEndedConversationIsRecordedAndAnsweredByNobody() throws IOException {
        try (FakeServer server =
                        FakeServer.start(url(), expectLine("bye"), io.socketharness.script.Behaviours.close());
                Client client = Client.of(server)) {
            client.send("bye");
            client.send("more");
            server.recording().awaitReceived("more");
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(1);
        }
    }

    @Test
    void framingsAndEndsAreForStreams() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("x");
            Connection connection = server.accept();
            assertThatThrownBy(() -> connection.receiveUntil((byte) 0))
                    .hasMessage("a delimiter bounds messages on a stream; on datagrams each datagram is a message:"
                            + " receive a"
                            + " datagram");
            assertThatThrownBy(connection::halfClose).hasMessage("datagrams have no connection to half-close");
            assertThat(connection.receiveDatagram()).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void losesNothingOfABurst() throws IOException {
        int datagrams = 2_000;
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            for (int i = 0; i < datagrams; i++) {
                client.send("orders:1|c");
            }
            server.verify();
            assertThat(server.recording().exchanges().get(0).receivedDatagrams())
                    .hasSize(datagrams);
        }
    }

    @Test
    void aDatagramAboveTheLimitIsAFailure() throws IOException {
        try (FakeServer server = FakeServer.start(url("messageLimit=1000"), receive(""), receive(""));
                Client client = Client.of(server)) {
            client.send("x".repeat(1_000));
            client.send("x".repeat(2_000));
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 2 of 2 failed")
                    .hasMessageContaining(
                            "the client sent a datagram of more than 1000 bytes; the limit can be set with"
                                    + " messageLimit");
        }
    }
}
