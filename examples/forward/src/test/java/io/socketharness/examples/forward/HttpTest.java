package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real nginx, with curl, the HTTP client of the JDK and OkHttp. */
@Timeout(300)
@SocketServer(forwardTo = "tcp://127.0.0.1:${nginx.port}")
class HttpTest {

    private static final int MEBIBYTE = 1 << 20;

    @RegisterExtension
    static final RealServer NGINX = Nginx.http();

    // tag::keep-alive[]
    @Test
    void okHttpUsesAConnectionAgain(FakeServer server) throws Exception {
        OkHttpClient client = new OkHttpClient();

        assertThat(okHttp(client, server, "/hello.txt")).isEqualTo("hello");
        assertThat(okHttp(client, server, "/hello.txt")).isEqualTo("hello");

        assertThat(server).hasConnections(1).connection(0).receivedInOrder("GET /hello.txt", "GET /hello.txt");
    }
    // end::keep-alive[]

    @Test
    void theJdkUsesAConnectionAgain(FakeServer server) throws Exception {
        HttpClient client = HttpClient.newHttpClient();

        assertThat(jdk(client, server, "/hello.txt").body()).isEqualTo("hello");
        assertThat(jdk(client, server, "/hello.txt").body()).isEqualTo("hello");

        assertThat(server).hasConnections(1);
    }

    @Test
    void curlUsesAConnectionAgain(FakeServer server) throws Exception {
        String page = url(server, "/hello.txt");

        assertThat(Program.run("", "curl", "-sS", page, page)).isEqualTo("hellohello");

        assertThat(server).hasConnections(1).connection(0).closedByClient();
    }

    @Test
    void chunksPass(FakeServer server) throws Exception {
        HttpResponse<String> response = jdk(HttpClient.newHttpClient(), server, "/chunked.html");

        assertThat(response.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
        assertThat(response.body()).isEqualTo("/chunked.html");
        assertThat(server.recording().exchanges().get(0).sentText()).endsWith("\r\n0\r\n\r\n");
    }

    // tag::download[]
    @Test
    void downloads100MebibytesOfWhichOneIsRecorded(
            @SocketServer(forwardTo = "tcp://127.0.0.1:${nginx.port}", recordingLimit = MEBIBYTE) FakeServer server)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url(server, "/large"))).build();

        InputStream body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();

        assertThat(digest(body))
                .isEqualTo(digest(Files.newInputStream(NGINX.directory().resolve("large"))));
        Exchange exchange = server.recording().exchanges().get(0);
        assertThat(exchange.isComplete()).isFalse();
        assertThat(exchange.sent().size()).isLessThanOrEqualTo(MEBIBYTE);
    }
    // end::download[]

    @Test
    void curlDownloads100Mebibytes(FakeServer server) throws Exception {
        assertThat(Program.run("", "sh", "-c", "curl -sS " + url(server, "/large") + " | sha256sum"))
                .startsWith(digest(Files.newInputStream(NGINX.directory().resolve("large"))));
    }

    // tag::some[]
    @Test
    void answersOnePageItselfAndForwardsTheOthers(@SocketServer(script = """
            @frame until \\r\\n\\r\\n
            @match
              C~ (?s)GET /down .*
              S< HTTP/1.1 503 Service Unavailable\\r\\nContent-Length: 0
            @otherwise
              @forward tcp://127.0.0.1:${nginx.port}
            @end
            """) FakeServer server) throws Exception {
        HttpClient client = HttpClient.newHttpClient();

        assertThat(jdk(client, server, "/down").statusCode()).isEqualTo(503);
        assertThat(jdk(client, server, "/hello.txt").body()).isEqualTo("hello");
    }
    // end::some[]

    // tag::retry[]
    @Test
    @SocketServer(scripts = {"@reset", "@forward tcp://127.0.0.1:${nginx.port}"})
    void curlTriesAgain(FakeServer server) throws Exception {
        assertThat(Program.run("", "curl", "-s", "--retry", "1", "--retry-all-errors", url(server, "/hello.txt")))
                .isEqualTo("hello");
    }
    // end::retry[]

    @Test
    void curlUploads(FakeServer server) throws Exception {
        Path file = Nginx.random(NGINX.directory().resolve("sent-by-curl"), 20 * MEBIBYTE);

        assertThat(Program.run("", "curl", "-sS", "-T", file.toString(), url(server, "/received-from-curl")))
                .isEmpty();

        assertThat(NGINX.directory().resolve("received-from-curl")).hasSameBinaryContentAs(file);
    }

    @Test
    void theJdkUploads(FakeServer server) throws Exception {
        Path file = Nginx.random(NGINX.directory().resolve("sent"), 20 * MEBIBYTE);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(server, "/received")))
                .PUT(BodyPublishers.ofFile(file))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(201);

        assertThat(NGINX.directory().resolve("received")).hasSameBinaryContentAs(file);
    }

    @Test
    void okHttpUploads(FakeServer server) throws Exception {
        byte[] content = new byte[3 * MEBIBYTE];
        new Random(1).nextBytes(content);
        Request request = new Request.Builder()
                .url(url(server, "/received-from-okhttp"))
                .put(RequestBody.create(content))
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(201);
        }

        assertThat(NGINX.directory().resolve("received-from-okhttp")).hasBinaryContent(content);
        assertThat(server.recording().exchanges().get(0).received().toByteArray())
                .endsWith(content);
    }

    // tag::abort[]
    @Test
    void aClientThatAbortsADownloadIsNoFailure(FakeServer server) throws Exception {
        Request request = new Request.Builder().url(url(server, "/large")).build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            response.body().byteStream().readNBytes(100_000);
        }
        server.recording().awaitExchange(0).awaitEnd();
        server.verify(); // as at the end of each test
    }
    // end::abort[]

    private static String okHttp(OkHttpClient client, FakeServer server, String path) throws IOException {
        Request request = new Request.Builder().url(url(server, path)).build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private static HttpResponse<String> jdk(HttpClient client, FakeServer server, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url(server, path))).build(), BodyHandlers.ofString());
    }

    private static String url(FakeServer server, String path) {
        return "http://" + server.host() + ":" + server.port() + path;
    }

    private static String digest(InputStream content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DigestInputStream in = new DigestInputStream(content, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
