package io.socketharness.cli;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables with which the command of a client finds its servers. */
final class ClientEnvironment {

    private static final String PREFIX = "SOCKET_HARNESS_";

    private ClientEnvironment() {}

    /** The variables of the first server, and those of each server with a name, with the name in them. */
    static Map<String, String> of(List<RunningServer> servers) {
        Map<String, String> variables = of(servers.get(0).server());
        for (RunningServer server : servers) {
            if (!server.name().isEmpty()) {
                add(variables, prefix(server.name()), server.server());
            }
        }
        return variables;
    }

    /** The first part of the variables of a server with a name. */
    static String prefix(String server) {
        return PREFIX + server.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) + "_";
    }

    /** The variables of a server without a name. */
    static Map<String, String> of(FakeServer server) {
        Map<String, String> variables = new LinkedHashMap<>();
        add(variables, PREFIX, server);
        return variables;
    }

    private static void add(Map<String, String> variables, String prefix, FakeServer server) {
        variables.put(prefix + "URL", server.uri().toString());
        if (server.spec().transport().isUnix()) {
            Optional<String> name = server.spec().path().filter(path -> path.startsWith("@"));
            variables.put(prefix + "PATH", name.orElseGet(() -> server.path().toString()));
        } else {
            variables.put(prefix + "HOST", server.host());
            variables.put(prefix + "PORT", String.valueOf(server.port()));
        }
        authority(server).ifPresent(file -> variables.put(prefix + "CA", file.toString()));
    }

    /** The certificate that clients must trust, if they can use TLS: from the start, or when a script starts it. */
    static Optional<Path> authority(FakeServer server) {
        ServerSpec spec = server.spec();
        boolean usesTls = spec.transport().isSecure()
                || !spec.transport().isDatagrams()
                        && (spec.script().map(Object::toString).orElse("") + spec.scripts()).contains("@starttls");
        return usesTls ? Optional.of(server.tls().caPemFile()) : Optional.empty();
    }
}
