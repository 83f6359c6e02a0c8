package io.socketharness.examples.tls;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A page of a server, and two clients that ask for it. */
public final class Page {

    // tag::page[]
    static final String PAGE = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 5
            S:
            S< hello
            """;
    // end::page[]

    private Page() {}

    /** Gets the page with the JDK's client. */
    public static String get(FakeServer server, SSLContext context) throws IOException, InterruptedException {
        return get(server, HttpClient.newBuilder().sslContext(context).build());
    }

    /** Gets the page with a client of the JDK. */
    public static String get(FakeServer server, HttpClient client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + server.host() + ":" + server.port() + "/"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /**
     * Gets the page with curl. Where there is none the test is skipped, or fails if {@code -Dinterop=required} was given.
     *
     * @return the page, or what curl complains of
     */
    public static String curl(FakeServer server, Duration within, String... options)
            throws IOException, InterruptedException {
        requireCurl();
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
        command.addAll(List.of("--max-time", String.valueOf(within.toSeconds())));
        command.addAll(List.of(options));
        command.add("https://localhost:" + server.port() + "/");
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!curl.waitFor(10, TimeUnit.SECONDS)) {
            curl.destroyForcibly();
        }
        return output;
    }

    private static void requireCurl() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, "curl"))) {
                return;
            }
        }
        if ("required".equals(System.getProperty("interop"))) {
            fail("curl is not installed, and -Dinterop=required was given");
        }
        abort("curl is not installed");
    }
}
