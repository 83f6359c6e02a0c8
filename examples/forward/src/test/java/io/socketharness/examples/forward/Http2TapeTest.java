package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.script.Behaviours;
import io.socketharness.tls.TlsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tape of HTTP/2 needs the port with which it was recorded, because HTTP/2 compresses the name of the server. */
@Timeout(120)
class Http2TapeTest {

    @RegisterExtension
    static final RealServer NGINX = Nginx.https();

    @Test
    void replaysOnTheSamePort() throws Exception {
        Tape tape;
        int port;
        try (FakeServer server = FakeServer.start(spec(0), Behaviours.forwardTo("tls://localhost:" + NGINX.port()))) {
            port = server.port();
            get(server);
            server.verify();
            tape = Tape.of(server.recording());
        }
        NGINX.stop();

        try (FakeServer server = FakeServer.start(spec(port), tape)) {
            get(server);
            server.verify();
        }
        try (FakeServer server = FakeServer.start(spec(0), tape)) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify)
                    .message()
                    .contains("step 1 of ", "expected  …", "received  …", "This is a replay of the tape.");
        }
    }

    private static ServerSpec spec(int port) {
        TlsSettings tls = TlsSettings.builder().applicationProtocols("h2").build();
        return ServerSpec.parse("tls://localhost:" + port).toBuilder().tls(tls).build();
    }

    private static void get(FakeServer server) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(server.tls().clientContext()).build();
        HttpRequest page = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/hello.txt"))
                .build();

        HttpResponse<String> response = client.send(page, BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.body()).isEqualTo("hello");
    }
}
