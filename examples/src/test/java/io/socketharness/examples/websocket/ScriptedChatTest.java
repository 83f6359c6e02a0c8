package io.socketharness.examples.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** A chat as in {@link ChatTest}, as a script: {@code @broadcast-hex} sends a message to each client, in its framing. */
class ScriptedChatTest {

    @Test
    @SocketServer(transport = "tls", host = "localhost", script = """
            @websocket
            @match
              C! 81 [* text]
              @broadcast-hex 81 ${text}
            @or
              C! 88 [* reason]
              S! 88 ${reason}
            @end
            """)
    void everyGuestHearsTheServerAndTheOthers(FakeServer server) throws Exception {
        Guest anna = new Guest("anna", server);
        Guest bob = new Guest("bob", server);

        server.broadcastMessage(text("welcome"));
        anna.hears("welcome");
        bob.hears("welcome");

        bob.say("hello");
        anna.hears("hello");
        bob.hears("hello");

        bob.leave();
        bob.hears("closed with 1000");
        anna.say("anybody here?");
        anna.hears("anybody here?");
    }

    private static byte[] text(String text) {
        return ("\u0081" + text).getBytes(ISO_8859_1); // 81 is a text
    }
}
