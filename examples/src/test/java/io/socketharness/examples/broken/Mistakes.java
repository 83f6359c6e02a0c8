package io.socketharness.examples.broken;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests that fail, each by one mistake. {@link BrokenTestsTest} runs them: the name keeps the build from doing so too. */
class Mistakes {

    private static final String HTTP = """
            C~ GET .* HTTP/1\\.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 2
            S:
            S< ok
            """;

    /** A client that outlives its test. */
    private static @Nullable LineClient pooled;

    // ---- the client sends something else

    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C: EHLO client.test
            S: 250 mail.test
            C: QUIT
            S: 221 bye
            """)
    void wrongByte(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("EHLO klient.test")).startsWith("250");
            assertThat(client.ask("QUIT")).startsWith("221");
        }
    }

    /** The client asks for function 3 in place of 4. */
    @Test
    @SocketServer(script = """
            @frame length 2 after 4
            C! 00 01 00 00 01 04 00 6b 00 01
            S! 00 01 00 00 01 04 02 02 2b
            """)
    void wrongByteInAFrame(FakeServer modbus) throws Exception {
        try (Socket socket = new Socket(modbus.host(), modbus.port())) {
            socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 6, 1, 3, 0, 0x6b, 0, 1});
            byte[] answer = new byte[11];
            new DataInputStream(socket.getInputStream()).readFully(answer);
            assertThat(answer[10]).isEqualTo((byte) 0x2b);
        }
    }

    /** The client leaves without QUIT. */
    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C: NOOP
            S: 250 ok
            C: QUIT
            S: 221 bye
            """)
    void missingLine(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }

    /** The client leaves out RCPT. */
    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C: MAIL FROM:<ann@client.test>
            S: 250 ok
            C: RCPT TO:<bob@mail.test>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            """)
    void missingLineInTheMiddle(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("MAIL FROM:<ann@client.test>")).startsWith("250");
            assertThat(client.ask("DATA")).startsWith("354");
        }
    }

    @Test
    @SocketServer(script = """
            C: PING
            S: PONG
            """)
    void extraBytes(FakeServer server) throws Exception {
        try (LineClient client = new LineClient(server.host(), server.port())) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
            assertThat(client.ask("STATS")).isEqualTo("0");
        }
    }

    @Test
    @SocketServer(script = """
            C: QUIT
            S: 221 bye
            """)
    void wrongCase(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            assertThat(client.ask("quit")).startsWith("221");
        }
    }

    @Test
    @SocketServer(timeout = "500ms", script = """
            C: QUIT
            S: 221 bye
            """)
    void crWithoutLf(FakeServer mail) throws Exception {
        try (Socket socket = new Socket(mail.host(), mail.port());
                LineClient client = new LineClient(socket)) {
            socket.setSoTimeout(500);
            client.send("QUIT\r");
            assertThat(client.readLine()).startsWith("221");
        }
    }

    /** The client does not wait for the answer, so the next line comes behind the CR. */
    @Test
    @SocketServer(script = """
            C: HELO client.test
            S: 250 ok
            C: QUIT
            S: 221 bye
            """)
    void crWithoutLfAndAnotherLine(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.send("HELO client.test\r");
            client.send("QUIT\r\n");
            assertThat(client.readLine()).startsWith("250");
            assertThat(client.readLine()).startsWith("221");
        }
    }

    /** The expression has no dot. */
    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C~ EHLO (?<name>\\w+)
            S: 250 hello ${name}
            """)
    void regexThatNearlyMatches(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("EHLO client.test")).isEqualTo("250 hello client.test");
        }
    }

    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C~ EHLO (?<name>\\S+)
            S: 250 hello ${nmae}
            """)
    void unknownGroup(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("EHLO client.test")).isEqualTo("250 hello client.test");
        }
    }

    /** The group has no name. */
    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C~ EHLO (\\S+)
            S: 250 hello ${name}
            """)
    void groupWithoutAName(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("EHLO client.test")).isEqualTo("250 hello client.test");
        }
    }

    /** The client sends its request without the last bytes, and waits for the answer. */
    @Test
    @SocketServer(timeout = "500ms", script = """
            C< {"price":"EUR"}
            S: 21.50
            """)
    void messageTooShort(FakeServer server) throws Exception {
        try (Socket socket = new Socket(server.host(), server.port());
                LineClient client = new LineClient(socket)) {
            socket.setSoTimeout(500);
            client.send("{\"price\":\"EU");
            assertThat(client.readLine()).isEqualTo("21.50");
        }
    }

    /** The client stays connected, as a pool does, and the test does not call it again. */
    @Test
    @SocketServer(timeout = "500ms", script = """
            C: PRICE EUR
            S: 21.50
            C: PRICE USD
            S: 23.10
            """)
    void secondRequestMissing(FakeServer server) throws Exception {
        pooled = new LineClient(server.host(), server.port());
        assertThat(pooled.ask("PRICE EUR")).isEqualTo("21.50");
    }

    @AfterAll
    static void closePooled() throws IOException {
        if (pooled != null) {
            pooled.close();
        }
    }

    // ---- the client waits for an answer that does not come

    @Test
    @SocketServer
    void noScript(FakeServer server) throws Exception {
        try (Socket socket = new Socket(server.host(), server.port());
                LineClient client = new LineClient(socket)) {
            socket.setSoTimeout(500);
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
    }

    /** The answer has no end of line. */
    @Test
    @SocketServer(script = """
            C: PING
            S< PONG
            """)
    void answerWithoutItsEnd(FakeServer server) throws Exception {
        try (Socket socket = new Socket(server.host(), server.port());
                LineClient client = new LineClient(socket)) {
            socket.setSoTimeout(500);
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
    }

    // ---- the client connects otherwise

    @Test
    @SocketServer(timeout = "500ms", script = """
            C: PING
            S: PONG
            """)
    void neverConnects(FakeServer server) {
        // the client under test was never called
    }

    @Test
    @SocketServer(timeout = "500ms", script = """
            C: PING
            S: PONG
            """)
    void connectsElsewhere(FakeServer server) throws Exception {
        try (LineClient client = new LineClient(server.host(), 1)) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
    }

    @Test
    @SocketServer(scripts = """
            C: PING
            S: PONG
            """, timeout = "500ms")
    void connectsTwice(FakeServer server) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (LineClient client = new LineClient(server.host(), server.port())) {
                assertThat(client.ask("PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C: DATA
            S: 354 go ahead
            C: .
            S: 250 queued
            """)
    void resetsInTheMiddle(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            client.readLine();
            assertThat(client.ask("DATA")).startsWith("354");
            client.abort();
        }
    }

    @Test
    @SocketServer(
            timeout = "500ms",
            scripts = {"C: PING\nS: PONG", "C: STATS\nS: 0"})
    void secondScriptNotReached(FakeServer server) throws Exception {
        try (LineClient client = new LineClient(server.host(), server.port())) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
    }

    /** Both requests come on one connection. */
    @Test
    @SocketServer(scripts = {"C: PING\nS: PONG", "C: STATS\nS: 0"})
    void secondScriptOnTheSameConnection(FakeServer server) throws Exception {
        try (LineClient client = new LineClient(server.host(), server.port())) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
            assertThat(client.ask("STATS")).isEqualTo("0");
        }
    }

    // ---- TLS

    @Test
    @SocketServer(transport = "tls", script = """
            C: PING
            S: PONG
            """)
    void tlsNotTrusted(FakeServer server) throws Exception {
        Socket socket = SSLSocketFactory.getDefault().createSocket(server.host(), server.port());
        try (LineClient client = new LineClient(socket)) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
    }

    @Test
    @SocketServer(transport = "tls", script = HTTP)
    void httpsNotTrusted(FakeServer web) throws Exception {
        assertThat(get("https://" + web.host() + ":" + web.port())).isEqualTo("ok");
    }

    @Test
    @SocketServer(transport = "tls", script = HTTP)
    void plainTextToATlsPort(FakeServer web) throws Exception {
        assertThat(get("http://" + web.host() + ":" + web.port())).isEqualTo("ok");
    }

    @Test
    @SocketServer(script = """
            C: PING
            S: PONG
            """)
    void tlsToAPlainPort(FakeServer server) throws Exception {
        Socket socket = SSLSocketFactory.getDefault().createSocket(server.host(), server.port());
        try (LineClient client = new LineClient(socket)) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
    }

    private static String get(String uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    // ---- datagrams

    /** The length is that of the text without its unit. */
    @Test
    @SocketServer(transport = "udp", script = """
            C: orders:1|c
            """)
    void datagramTruncated(InetSocketAddress address) throws Exception {
        byte[] metric = "orders:1|c".getBytes(US_ASCII);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(metric, metric.length - 2, address));
        }
    }

    /** A query of NTP without its last field. */
    @Test
    @SocketServer(transport = "udp", script = """
            C! 1b [47]
            S! 1c 01 00 e9 00 00 00 00
            """)
    void binaryDatagramTruncated(InetSocketAddress address) throws Exception {
        byte[] query = new byte[40];
        query[0] = 0x1b;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(500);
            socket.send(new DatagramPacket(query, query.length, address));
            DatagramPacket answer = new DatagramPacket(new byte[48], 48);
            socket.receive(answer);
            assertThat(answer.getData()[1]).as("stratum").isEqualTo((byte) 1);
        }
    }

    /** The buffer of the client is too small for the answer. */
    @Test
    @SocketServer(transport = "udp", script = """
            C: status
            S: orders=1 errors=0
            """)
    void answerTruncated(InetSocketAddress address) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket("status".getBytes(US_ASCII), 6, address));
            DatagramPacket answer = new DatagramPacket(new byte[8], 8);
            socket.receive(answer);
            assertThat(new String(Arrays.copyOf(answer.getData(), answer.getLength()), US_ASCII))
                    .isEqualTo("orders=1 errors=0");
        }
    }

    // ---- the rest

    @Test
    @SocketServer
    void behaviourThrows(FakeServer server) throws Exception {
        server.enqueue(connection -> {
            int amount = Integer.parseInt(connection.receiveLine());
            connection.sendLine("balance " + (100 - amount));
        });
        try (LineClient client = new LineClient(server.host(), server.port())) {
            assertThat(client.ask("forty")).isEqualTo("balance 60");
        }
    }

    @Test
    @SocketServer(script = """
            C: HELO client.test
            S: 250 ok
            @within 300ms
            C: QUIT
            S: 221 bye
            """)
    void timeoutInAStep(FakeServer mail) throws Exception {
        try (LineClient client = new LineClient(mail.host(), mail.port())) {
            assertThat(client.ask("HELO client.test")).startsWith("250");
            client.readLine(); // a second line of the answer, which the script does not send
            assertThat(client.ask("QUIT")).startsWith("221");
        }
    }

    @Test
    @SocketServer(messageLimit = 16, script = """
            C~ LOG .*
            S: ok
            """)
    void messageLimitReached(FakeServer server) throws Exception {
        try (LineClient client = new LineClient(server.host(), server.port())) {
            assertThat(client.ask("LOG the disk is full")).isEqualTo("ok");
        }
    }

    @Test
    @SocketServer(recordingLimit = 64, script = """
            @repeat 10
              C~ LOG \\d .*
              S: ok
            @end
            """)
    void recordingLimitReached(FakeServer server) throws Exception {
        try (LineClient client = new LineClient(server.host(), server.port())) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.ask("LOG " + i + " the disk is full")).isEqualTo("ok");
            }
        }
        assertThat(server).connection(0).received("LOG 9 the disk is full\r\n");
    }

    /** The client goes on if its mail cannot be sent, so that server fails first. */
    @Test
    void twoServersFail(
            @SocketServer(name = "mail", script = "C: HELO client.test\nS: 250 ok") FakeServer mail,
            @SocketServer(name = "cache", script = "C: GET a\nS: 1") FakeServer cache)
            throws Exception {
        try (LineClient mailer = new LineClient(mail.host(), mail.port())) {
            mailer.ask("HELO clienttest");
        } catch (IOException unsent) {
            // the mail is not important
        }
        try (LineClient client = new LineClient(cache.host(), cache.port())) {
            assertThat(client.ask("GET b")).isEqualTo("1");
        }
    }

    @Test
    @SocketServer(script = """
            C: PRICE EUR
            S: 21.50
            """)
    void swallowedByTheClient(FakeServer server) {
        assertThat(price(server, "USD")).isEqualTo("21.50");
    }

    private static String price(FakeServer server, String currency) {
        try (LineClient client = new LineClient(server.host(), server.port())) {
            return client.ask("PRICE " + currency);
        } catch (IOException unreachable) {
            return "unknown";
        }
    }
}
