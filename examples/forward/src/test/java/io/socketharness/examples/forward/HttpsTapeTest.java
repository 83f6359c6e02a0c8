package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.testing.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tapes of nginx with HTTPS, which are in clear text and have no trace of TLS, with curl and the JDK's client. */
class HttpsTapeTest extends TapeContract {

    @RegisterExtension
    static final RealServer NGINX = Nginx.https();

    @Override
    Stream<Client> clients() {
        List<String> report = List.of("expected  word=hello\n", "received  word=hellp\n");
        return Stream.of(
                new Client("curl", "tls", List.of(), report, HttpsTapeTest::curl),
                new Client("the JDK's client", "tls", List.of(), report, HttpsTapeTest::jdk));
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        return Behaviours.forwardTo("tls://localhost:" + NGINX.port());
    }

    @Override
    void stopRealServer() throws Exception {
        NGINX.stop();
    }

    private static void curl(FakeServer server, String word) throws Exception {
        String authority = server.tls().caPemFile().toString();
        String form = url(server, "/form");

        assertThat(Program.run("", "curl", "-sS", "-g", "--http1.1", "--cacert", authority, "-d", "word=" + word, form))
                .isEqualTo("received\n");
    }

    private static void jdk(FakeServer server, String word) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(server.tls().clientContext()).build();
        HttpRequest form = HttpRequest.newBuilder(URI.create(url(server, "/form")))
                .POST(BodyPublishers.ofString("word=" + word))
                .build();

        HttpResponse<String> response = client.send(form, BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("received\n");
    }

    private static String url(FakeServer server, String path) {
        return "https://" + server.uri().getRawAuthority() + path;
    }
}
