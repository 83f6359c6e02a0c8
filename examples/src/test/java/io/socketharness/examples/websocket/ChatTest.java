package io.socketharness.examples.websocket;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** A chat over WebSocket and TLS 1.3, with the JDK's own clients: the server is a behaviour, one object for all of them. */
@SocketServer(transport = "tlsv1.3", host = "localhost", behaviour = ChatRoom.class)
class ChatTest {

    @Test
    void everybodyHearsWhatIsSaidAndWhoLeft(FakeServer server) throws Exception {
        Guest anna = new Guest("anna", server);
        Guest bob = new Guest("bob", server);

        anna.say("hello");
        anna.hears("anna: hello");
        bob.hears("anna: hello");
        bob.say("good day, ".repeat(50));
        anna.hears("bob: " + "good day, ".repeat(50));
        bob.hears("bob: " + "good day, ".repeat(50));

        bob.leave();
        bob.hears("closed with 1000");
        anna.hears("bob left");

        assertThat(server).hasConnections(2);
        assertThat(server)
                .connection(0)
                .negotiated("TLSv1.3")
                .requestedServerName("localhost")
                .receivedContaining("GET /anna HTTP/1.1\r\n");
    }

    @Test
    void whoeverHangsUpHasLeftToo(FakeServer server) throws Exception {
        Guest anna = new Guest("anna", server);
        Guest bob = new Guest("bob", server);

        bob.hangUp();

        anna.hears("bob left");
    }
}
