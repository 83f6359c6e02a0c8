package io.socketharness.examples.forward;

import io.socketharness.tls.CertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** nginx with a few files, to which clients can add others; its port is in the system property {@code nginx.port}. */
final class Nginx {

    private static final int MEBIBYTE = 1 << 20;

    /** The size of the file {@code binary}. */
    static final int BINARY = 300 << 10;

    private Nginx() {}

    /** Speaks HTTP. */
    static RealServer http() {
        return server("");
    }

    /** Speaks HTTPS, with HTTP/1.1 and HTTP/2. */
    static RealServer https() {
        return server("ssl http2");
    }

    private static RealServer server(String options) {
        return new RealServer("nginx.port", "using the", (directory, port) -> {
            Files.writeString(directory.resolve("hello.txt"), "hello");
            Files.writeString(directory.resolve("chunked.html"), "<!--# echo var=\"uri\" -->");
            random(directory.resolve("large"), 100 * MEBIBYTE);
            random(directory.resolve("binary"), BINARY);
            CertificateAuthority.shared().issue("localhost").savePem(directory.resolve("server.pem"));
            Path config = Files.writeString(directory.resolve("nginx.conf"), """
                    daemon off;
                    master_process off;
                    pid nginx.pid;
                    error_log stderr notice;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path body;
                        proxy_temp_path proxy;
                        fastcgi_temp_path fastcgi;
                        uwsgi_temp_path uwsgi;
                        scgi_temp_path scgi;
                        client_max_body_size 100m;
                        server {
                            listen 127.0.0.1:%1$d %2$s;
                            ssl_certificate server.pem;
                            ssl_certificate_key server.pem;
                            root .;
                            ssi on;
                            dav_methods PUT;
                            location = /form { proxy_pass http://unix:%3$s/form.sock:/; }
                        }
                        # behind a proxy, which answers after the whole request has arrived
                        server {
                            listen unix:%3$s/form.sock;
                            return 201 "received\\n";
                        }
                    }
                    """.formatted(port, options, directory));
            return List.of("/usr/sbin/nginx", "-p", directory.toString(), "-c", config.toString(), "-e", "stderr");
        });
    }

    /** Writes a file that cannot be compressed. */
    static Path random(Path file, int size) throws IOException {
        Random random = new Random(size);
        byte[] part = new byte[Math.min(MEBIBYTE, size)];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < size; written += part.length) {
                random.nextBytes(part);
                out.write(part);
            }
        }
        return file;
    }
}
