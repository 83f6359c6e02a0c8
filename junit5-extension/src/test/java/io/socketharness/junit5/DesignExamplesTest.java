package io.socketharness.junit5;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import io.socketharness.testing.JdkClient;
import io.socketharness.tls.CertificateKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The tests that the project set out to make possible, as they stand. */
class DesignExamplesTest {

    // The server of the whole test class; every test gets a fresh one, on a fresh port.
    @Nested
    @SocketServer(transport = "udp", port = 0)
    class StatsdReporterTest {
        @Test
        void countsAnOrder(InetSocketAddress address, Recording recording) throws Exception {
            new StatsdReporter(address).count("orders", 1);

            assertThat(recording).received("orders:1|c"); // waits for it, up to the timeout
        }
    }

    // A dialogue pasted from an RFC is a server. Unmet or unexpected lines fail the test.
    @Test
    @SocketServer(transport = "tcp", script = """
            S: 220 mail.test ESMTP
            C~ EHLO (?<name>\\S+)
            S: 250 hello ${name}
            C: QUIT
            S: 221 bye
            """)
    void greetsTheServer(FakeServer mail) throws Exception {
        try (Socket socket = new Socket(mail.host(), mail.port())) {
            Lines lines = new Lines(socket);
            assertThat(lines.next()).isEqualTo("220 mail.test ESMTP");
            assertThat(lines.ask("EHLO client.test")).isEqualTo("250 hello client.test");
            assertThat(lines.ask("QUIT")).isEqualTo("221 bye");
        }
    }

    // One script a connection, in Java, on a parameter; faults are behaviours like any other.
    @Test
    void reconnectsAfterAReset(@SocketServer(transport = "tcp") FakeServer server) throws Exception {
        server.enqueue(expectLine("PING"), reset());
        server.enqueue(expectLine("PING"), sendLine("PONG"));

        assertThat(new LineClient(server.address()).ping()).isEqualTo("PONG");

        assertThat(server).hasConnections(2);
        assertThat(server).connection(1).received("PING\n").sent("PONG\r\n");
    }

    // Certificates are made on the spot, and trust in them is injected.
    @Test
    void trustsTheServer(
            @SocketServer(transport = "tlsv1.3", script = "C: PING\nS: PONG") FakeServer server, SSLContext context)
            throws Exception {
        try (Socket socket = context.getSocketFactory().createSocket(server.host(), server.port())) {
            assertThat(new Lines(socket).ask("PING")).isEqualTo("PONG");
        }
        assertThat(server).connection(0).negotiated("TLSv1.3");
    }

    // The same for programs that take a file.
    @Test
    @SocketServer(transport = "tls", certificate = CertificateKind.EXPIRED)
    void hasAFileForOtherPrograms(FakeServer server, @FromServer Path authority) throws Exception {
        assertThat(Files.readString(authority)).isEqualTo(server.tls().caPem());
    }

    private record StatsdReporter(InetSocketAddress address) {
        void count(String name, int by) {
            JdkClient.udp(address, name + ":" + by + "|c");
        }
    }

    /** Tries once more when its connection is reset. */
    private record LineClient(InetSocketAddress address) {
        String ping() throws IOException {
            try {
                return once();
            } catch (IOException reset) {
                return once();
            }
        }

        private String once() throws IOException {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                return new Lines(socket).ask("PING");
            }
        }
    }

    private static final class Lines {
        private final Socket socket;
        private final BufferedReader reader;

        Lines(Socket socket) throws IOException {
            this.socket = socket;
            this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return next();
        }

        String next() throws IOException {
            return String.valueOf(reader.readLine());
        }
    }
}
