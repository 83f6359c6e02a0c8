package io.socketharness.cli;

import java.util.List;
import java.util.Locale;

/**
 * An option of a server on the command line. The names and meanings are those of the attributes of {@code @SocketServer}.
 *
 * @param name the name of the attribute, such as {@code recordingLimit}
 * @param label of the value in the help; empty for a flag, which sets {@code value}
 * @param value of a flag
 * @param description for the help
 * @param candidates for the completion
 */
record ServerOption(String name, String label, String value, String description, List<String> candidates) {

    static final String TRANSPORT = "transport";

    private static final List<String> TRANSPORTS =
            List.of("tcp", "udp", "tls", "tlsv1.2", "tlsv1.3", "dtls", "unix", "udg");

    static final List<ServerOption> ALL = List.of(
            new ServerOption(
                    TRANSPORT, "NAME", "", "tcp (default), udp, tls, tlsv1.3, tlsv1.2, dtls, unix or udg.", TRANSPORTS),
            of("host", "HOST", "Address to bind to; 127.0.0.1 unless set. 0.0.0.0 is reachable from other machines."),
            of("port", "PORT", "Port; a free one unless set."),
            of("path", "PATH", "Path of a Unix socket, or @NAME for an abstract name; a private one unless set."),
            of("umask", "OCTAL", "Umask for the file of a Unix socket, such as 0177."),
            of("mode", "OCTAL", "Permissions of the file of a Unix socket, such as 0600."),
            flag("replaceStale", "true", "Replace the file of a Unix socket if its server has ended."),
            of(
                    "timeout",
                    "DURATION",
                    "Limit of each wait for the client, such as 500ms; with a command 5s unless set, otherwise 10m."),
            of("network", "CONDITION", "Condition of the network, such as \"latency 150ms\"; may be repeated."),
            of("seed", "NUMBER", "Seed of the random decisions of the network."),
            new ServerOption(
                    "certificate",
                    "KIND",
                    "",
                    "Kind of the TLS certificate: valid (default) or a deliberately invalid one, such as expired.",
                    List.of("valid", "expired", "self_signed", "wrong_host")),
            of(
                    "certificateHosts",
                    "HOST",
                    "Further host of the TLS certificate, such as the name of a service; may be repeated."),
            of(
                    "certificateFile",
                    "FILE",
                    "PEM file with a TLS certificate of your own, the certificates of its issuers, and its key."),
            of("keyFile", "FILE", "PEM file with the key, if it is not in the certificate file."),
            of("keyPassphrase", "TEXT", "Passphrase of an encrypted key."),
            new ServerOption(
                    "clientCertificate",
                    "MODE",
                    "",
                    "Whether the server requests a client certificate: none (default), wanted or needed.",
                    List.of("none", "wanted", "needed")),
            of("protocols", "VERSION", "Version of TLS that the server supports, such as TLSv1.2; may be repeated."),
            of("cipherSuites", "NAME", "Cipher suite that the server supports; may be repeated."),
            of("applicationProtocols", "NAME", "Application protocol (ALPN), such as h2; may be repeated."),
            new ServerOption(
                    "resumption",
                    "BOOLEAN",
                    "",
                    "Whether TLS sessions can be resumed: true (default) or false.",
                    List.of("true", "false")),
            new ServerOption(
                    "conversation",
                    "MODE",
                    "",
                    "Whether each client of a datagram server has a conversation (each, default) or all have one (one).",
                    List.of("each", "one")),
            flag("optional", "true", "The script may stay unused."),
            of("redact", "REGEX", "Secret that is not shown, such as \"PASS (.*)\"; may be repeated."),
            of("backlog", "NUMBER", "How many connections may wait to be accepted."),
            of("receiveBuffer", "BYTES", "Size of the receive buffer of connections."),
            of("messageLimit", "BYTES", "Maximum size of a line or message; 1 MiB unless set."),
            of("recordingLimit", "BYTES", "How many bytes are kept for reports and tapes; 16 MiB unless set."));

    private static ServerOption of(String name, String label, String description) {
        return new ServerOption(name, label, "", description, List.of());
    }

    private static ServerOption flag(String name, String value, String description) {
        return new ServerOption(name, "", value, description, List.of());
    }

    boolean isFlag() {
        return label.isEmpty();
    }

    /** Such as {@code --recording-limit}. */
    String option() {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
