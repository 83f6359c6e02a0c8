package io.socketharness.examples.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.examples.php.Php;
import io.socketharness.examples.php.PhpServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 10, a chat over WebSocket and TLS 1.3: the fake beside a server in PHP, with clients of the JDK and of PHP. */
@Timeout(60)
class ChatBesidePhpTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.shared();

    @Test
    @SocketServer(transport = "tlsv1.3", behaviour = ChatRoom.class)
    void guestsHearTheSame(FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("chat.php", AUTHORITY.issue().pemFile())) {
            for (int port : new int[] {php.port(), ours.port()}) {
                String server = "127.0.0.1:" + port;
                Guest anna = new Guest("anna", server, AUTHORITY.clientContext());
                Guest bob = new Guest("bob", server, AUTHORITY.clientContext());
                Guest carl = new Guest("carl", server, AUTHORITY.clientContext());

                anna.say("hello");
                anna.hears("anna: hello");
                bob.hears("anna: hello");
                carl.hears("anna: hello");
                bob.leave();
                bob.hears("closed with 1000");
                anna.hears("bob left");
                carl.hears("bob left");
                carl.hangUp();
                anna.hears("carl left");
            }
        }
    }

    @Test
    @SocketServer(transport = "tlsv1.3", behaviour = ChatRoom.class)
    void theWireHasTheSameBytes(FakeServer ours) throws Exception {
        String trust = AUTHORITY.pemFile().toString();
        try (PhpServer php = PhpServer.start("chat.php", AUTHORITY.issue().pemFile())) {
            assertThat(Php.run("chat-client.php", "tlsv1.3://127.0.0.1:" + ours.port(), trust))
                    .isEqualTo(Php.run("chat-client.php", "tlsv1.3://127.0.0.1:" + php.port(), trust))
                    .startsWith("HTTP/1.1 101 Switching Protocols\\r\\n")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\\r\\n\\r\\n\\201\\vanna: hello\\201~")
                    .endsWith("good day, \\210\\002\\003\\350");
        }
    }
}
