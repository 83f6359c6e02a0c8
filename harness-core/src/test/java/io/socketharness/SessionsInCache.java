package io.socketharness;

import static io.socketharness.script.Behaviours.echo;

import io.socketharness.recording.Handshake;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/** Resumes sessions in a JVM that may have no tickets, and tells which connections did. */
final class SessionsInCache {

    private SessionsInCache() {}

    public static void main(String... none) throws IOException {
        for (String transport : new String[] {"tlsv1.2", "tlsv1.3"}) {
            StringBuilder resumed = new StringBuilder(transport + ":");
            try (FakeServer server = FakeServer.start(transport + ":", echo())) {
                SSLContext client = server.tls().clientContext();
                for (int i = 0; i < 4; i++) {
                    if (i == 2) {
                        server.tls().forgetSessions();
                    }
                    try (TestClient one = TestClient.connectTls(server, client)) {
                        one.send("a").read(1);
                    }
                    resumed.append(' ')
                            .append(server.recording()
                                    .awaitExchange(i)
                                    .handshake()
                                    .map(Handshake::resumed)
                                    .orElseThrow());
                }
            }
            System.out.println(resumed);
        }
    }
}
