package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tapes of nginx, with the JDK's client, OkHttp and curl: GET, POST and a download on one connection. */
class HttpTapeTest extends TapeContract {

    @RegisterExtension
    static final RealServer NGINX = Nginx.http();

    private byte[] binary = {};

    @Override
    Stream<Client> clients() throws IOException {
        binary = Files.readAllBytes(NGINX.directory().resolve("binary"));
        List<String> report = List.of("expected  word=hello\n", "received  word=hellp\n");
        return Stream.of(
                new Client("the JDK's client", "tcp", List.of(), report, this::jdk),
                new Client("OkHttp", "tcp", List.of(), report, this::okHttp),
                new Client("curl", "tcp", List.of(), report, this::curl));
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        return Behaviours.forwardTo(NGINX.url());
    }

    @Override
    void stopRealServer() throws Exception {
        NGINX.stop();
    }

    private void jdk(FakeServer server, String word) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder page = HttpRequest.newBuilder(URI.create(url(server, "/hello.txt")));
        HttpRequest form = HttpRequest.newBuilder(URI.create(url(server, "/form")))
                .POST(BodyPublishers.ofString("word=" + word))
                .build();
        HttpRequest.Builder download = HttpRequest.newBuilder(URI.create(url(server, "/binary")));

        assertThat(client.send(page.build(), BodyHandlers.ofString()).body()).isEqualTo("hello");
        assertThat(client.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        assertThat(client.send(download.build(), BodyHandlers.ofByteArray()).body())
                .isEqualTo(binary);
    }

    private void okHttp(FakeServer server, String word) throws Exception {
        OkHttpClient client = new OkHttpClient();
        Request page = new Request.Builder().url(url(server, "/hello.txt")).build();
        Request form = new Request.Builder()
                .url(url(server, "/form"))
                .post(RequestBody.create("word=" + word, MediaType.get("application/x-www-form-urlencoded")))
                .build();
        Request download = new Request.Builder().url(url(server, "/binary")).build();

        try (Response response = client.newCall(page).execute()) {
            assertThat(response.body().string()).isEqualTo("hello");
        }
        try (Response response = client.newCall(form).execute()) {
            assertThat(response.code()).isEqualTo(201);
            assertThat(response.body().string()).isEqualTo("received\n");
        }
        try (Response response = client.newCall(download).execute()) {
            assertThat(response.body().bytes()).isEqualTo(binary);
        }
        client.connectionPool().evictAll();
    }

    private void curl(FakeServer server, String word) throws Exception {
        Path saved = Files.createTempFile("downloaded", "");
        try {
            String printed = Program.run(
                    "",
                    "curl",
                    "-sS",
                    "-g",
                    url(server, "/hello.txt"),
                    "--next",
                    "-sS",
                    "-d",
                    "word=" + word,
                    url(server, "/form"),
                    "--next",
                    "-sS",
                    "-o",
                    saved.toString(),
                    url(server, "/binary"));

            assertThat(printed).isEqualTo("helloreceived\n");
            assertThat(saved).hasBinaryContent(binary);
        } finally {
            Files.delete(saved);
        }
    }

    private static String url(FakeServer server, String path) {
        return "http://" + server.uri().getRawAuthority() + path;
    }
}
