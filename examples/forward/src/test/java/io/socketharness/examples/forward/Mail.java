package io.socketharness.examples.forward;

import io.socketharness.tls.CertificateAuthority;
import java.nio.file.Path;
import java.util.List;

/** An SMTP server with STARTTLS; its port is in the system property {@code smtp.port}. */
final class Mail {

    private Mail() {}

    static RealServer server() {
        return new RealServer("smtp.port", "Server is listening", Mail::command);
    }

    private static List<String> command(Path directory, int port) throws Exception {
        Path certificate = CertificateAuthority.shared().issue("localhost").savePem(directory.resolve("server.pem"));
        return List.of(
                "/usr/bin/aiosmtpd",
                "--nosetuid",
                "--debug",
                "--listen",
                "127.0.0.1:" + port,
                "--tlscert",
                certificate.toString(),
                "--tlskey",
                certificate.toString(),
                "--no-requiretls");
    }
}
