package io.socketharness.testcontainers;

/** What a client of HTTP gets. */
final class Page {

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

    private Page() {}
}
