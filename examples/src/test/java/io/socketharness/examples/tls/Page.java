package io.socketharness.examples.tls;

import io.socketharness.FakeServer;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    public static String curl(FakeServer server, Duration within, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
        command.addAll(List.of("--max-time", String.valueOf(within.toSeconds())));
        command.addAll(List.of(options));
        command.add("https://localhost:" + server.port() + "/");
        return Program.run("", command.toArray(String[]::new));
    }
}
