package io.socketharness.examples.php;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import io.socketharness.tls.HeldCertificate;
import io.socketharness.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;

/** The page that {@code https.php} serves, served here, and curl, which asks for it. */
final class HttpsPage {

    static final String PAGE = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 6
            S: Connection: close
            S:
            S< hello\\n
            @close
            """;

    private HttpsPage() {}

    static FakeServer serve(HeldCertificate certificate) {
        ServerSpec spec = ServerSpec.builder("tls")
                .tls(TlsSettings.builder().certificate(certificate).build())
                .build();
        return FakeServer.start(spec, Script.parse(PAGE));
    }

    /** Gets the page, with its headers, from a server whose certificate is for localhost. */
    static String curl(int port, Path trust) throws Exception {
        return curl(port, trust, Duration.ofSeconds(20));
    }

    static String curl(int port, Path trust, Duration within) throws Exception {
        return Program.run(
                "",
                "curl",
                "--silent",
                "--show-error",
                "--include",
                "--max-time",
                String.valueOf(within.toSeconds()),
                "--cacert",
                trust.toString(),
                "https://localhost:" + port + "/");
    }
}
