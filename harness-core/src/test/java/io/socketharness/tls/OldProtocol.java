package io.socketharness.tls;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;

import io.socketharness.FakeServer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** One exchange over each of the protocols that JVMs disable unless told otherwise. */
final class OldProtocol {

    private OldProtocol() {}

    public static void main(String... args) throws Exception {
        for (String url : new String[] {"tlsv1.0:", "tlsv1.1:"}) {
            try (FakeServer server = FakeServer.start(url, expectLine("PING"), sendLine("PONG"));
                    SSLSocket client = (SSLSocket) server.tls()
                            .clientContext()
                            .getSocketFactory()
                            .createSocket(server.host(), server.port())) {
                client.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1"});
                client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(client.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
                server.verify();
                System.out.println(answer + " over "
                        + server.recording()
                                .exchanges()
                                .get(0)
                                .handshake()
                                .orElseThrow()
                                .protocol());
            }
        }
    }
}
