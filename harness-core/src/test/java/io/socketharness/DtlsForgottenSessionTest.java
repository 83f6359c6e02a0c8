package io.socketharness;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.OutputClosed;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.TestClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that forgets its sessions, as after a restart: clients that had one are unknown to it. */
@Timeout(60)
class DtlsForgottenSessionTest {

    @Test
    void endsTheConversationWithoutACloseNotify() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("a"), sendLine("b"), expectLine("c"));
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("b");
            server.tls().forgetSessions();
            client.send("c");

            Exchange later = discarded(server, 1);
            assertThat(later.events()).extracting(Event::kind).containsExactly(Event.Kind.OPENED, Event.Kind.DISCARDED);
            assertThat(later.events().get(1).detail())
                    .startsWith("DTLS record discarded: application data of epoch 1, ");
            assertThat(later.client())
                    .isEqualTo(server.recording().exchanges().get(0).client());
            assertThat(client.hasNothing()).isTrue();
            assertThat(server.recording().exchanges().get(0).dialogue("dialogue"))
                    .contains("closed by the server: it forgot its TLS sessions");
            server.verify();
        }
    }

    private static Exchange discarded(FakeServer server, int index) {
        Exchange exchange = server.recording().awaitExchange(index);
        assertThat(exchange.await(e -> e.has(Event.Kind.DISCARDED), Duration.ofSeconds(20)))
                .isTrue();
        return exchange;
    }

    @Test
    void aNewHelloFromTheSameAddressBeginsAFullHandshake() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo())) {
            SSLContext sessions = DtlsClient.context(server);
            try (DtlsClient client = DtlsClient.connect(server, sessions)) {
                assertThat(client.send("a").receive()).isEqualTo("a");
                server.tls().forgetSessions();
                client.send("lost");
                discarded(server, 1);
                DtlsClient again = client.again(server, sessions);
                assertThat(again.send("b").receive()).isEqualTo("b");
            }
            assertThat(server).connection(1).didNotResumeSession().received("b");
            server.verify();
        }
    }

    @Test
    void aConversationThatItsScriptHasEndedIsForgottenToo() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("a"), sendLine("b"), close());
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("b");
            assertThat(server).connection(0).completedItsScript();
            server.tls().forgetSessions();
            client.send("late");

            discarded(server, 1);
            assertThat(server).connection(0).received("a");
            server.verify();
        }
    }

    @Test
    void aConversationOfTheTestEnds() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:");
                DtlsClient client = DtlsClient.connect(server)) {
            Connection connection = server.accept();
            client.send("a");
            assertThat(connection.receiveDatagram()).asString().isEqualTo("a");
            server.tls().forgetSessions();

            assertThatThrownBy(connection::receiveDatagram)
                    .isInstanceOf(EndOfInput.class)
                    .hasMessageContaining("a datagram cannot arrive: the server has closed the connection");
            assertThatThrownBy(() -> connection.send("b"))
                    .isInstanceOf(OutputClosed.class)
                    .hasMessage("the server has ended this conversation; nothing more can be sent");
        }
    }

    @Test
    void otherClientsAreServed() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo());
                DtlsClient one = DtlsClient.connect(server)) {
            assertThat(one.send("a").receive()).isEqualTo("a");
            server.tls().forgetSessions();
            try (DtlsClient other = DtlsClient.connect(server)) {
                assertThat(other.send("b").receive()).isEqualTo("b");
            }
            server.verify();
        }
    }

    @Test
    void streamsStayOpen() throws Exception {
        try (FakeServer server = FakeServer.start("tls:", echo());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a").read(1)).isEqualTo("a");
            server.tls().forgetSessions();

            assertThat(client.send("b").read(1)).isEqualTo("b");
            server.verify();
        }
    }
}
