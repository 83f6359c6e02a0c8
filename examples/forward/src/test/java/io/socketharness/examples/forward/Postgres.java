package io.socketharness.examples.forward;

import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.HeldCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL with a new database and a certificate. */
final class Postgres {

    /** Debian puts the programs of each version into a directory of its own. */
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    /** Issues the certificate of the server. */
    static final CertificateAuthority AUTHORITY = CertificateAuthority.create();

    /** The password of the user {@code ann}. */
    static final String PASSWORD = "secret";

    private Postgres() {}

    /** The server; its port is in the system property {@code postgres.port}. */
    static RealServer server() {
        return server("scram-sha-256");
    }

    /** A server that checks passwords with a method of pg_hba.conf. */
    static RealServer server(String method) {
        return new RealServer(
                "postgres.port",
                "database system is ready to accept connections",
                (directory, port) -> command(method, directory, port));
    }

    private static List<String> command(String method, Path directory, int port) throws Exception {
        String programs = programs();
        HeldCertificate certificate = AUTHORITY.issue("localhost");
        Path pem = certificate.savePem(directory.resolve("server.pem"));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        List<String> user = otherUser(directory, pem, password);
        String data = directory.resolve("data").toString();

        List<String> initdb = new ArrayList<>(user);
        initdb.addAll(List.of(programs + "/initdb", "--no-sync", "-A", method, "-D", data));
        initdb.addAll(List.of("--username=ann", "--pwfile=" + password));
        String printed = Program.run("", initdb.toArray(String[]::new));
        if (!printed.contains("Success.")) {
            throw new IllegalStateException("initdb failed: " + printed);
        }

        List<String> postgres = new ArrayList<>(user);
        postgres.addAll(List.of(programs + "/postgres", "-D", data, "-p", String.valueOf(port)));
        postgres.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + directory));
        postgres.addAll(List.of("-c", "ssl=on", "-c", "ssl_cert_file=" + pem, "-c", "ssl_key_file=" + pem));
        postgres.addAll(List.of("-c", "fsync=off"));
        return postgres;
    }

    private static String programs() throws IOException {
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                newest = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder());
            }
        }
        if (newest.isEmpty()) {
            Program.lack("PostgreSQL is not installed in " + VERSIONS);
        }
        return newest.orElseThrow().toString();
    }

    /** PostgreSQL does not run as root. Returns the start of a command that runs as another user, who gets the files. */
    private static List<String> otherUser(Path... files) throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        for (Path file : files) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        Program.require("setpriv");
        return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
    }
}
