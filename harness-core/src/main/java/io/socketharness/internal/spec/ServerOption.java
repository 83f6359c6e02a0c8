package io.socketharness.internal.spec;

import io.socketharness.ConversationMode;
import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.recording.Capture;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a server that annotations and URLs set, in the order in which messages list them. Annotations and URLs
 * are read and printed from this table only; the builder checks the ranges.
 *
 * <p>It uses switches, because every new JVM would have to link a lambda for each option.
 */
public enum ServerOption {
    HOST("host"),
    PORT("port"),
    BACKLOG("backlog"),
    TIMEOUT("timeout"),
    STRICT("strict"),
    OPTIONAL("optional"),
    CONVERSATION("conversation"),
    RECORDING_LIMIT("recordingLimit"),
    MESSAGE_LIMIT("messageLimit"),
    SKIP_IF_UNSUPPORTED("skipIfUnsupported"),
    NAME("name"),
    PATH("path"),
    UMASK("umask"),
    MODE("mode"),
    REPLACE_STALE("replaceStale"),
    CERTIFICATE("certificate"),
    CERTIFICATE_HOSTS("certificateHosts"),
    CLIENT_CERTIFICATE("clientCertificate"),
    PROTOCOLS("protocols"),
    CIPHER_SUITES("cipherSuites"),
    APPLICATION_PROTOCOLS("applicationProtocols"),
    RESUMPTION("resumption"),
    RECEIVE_BUFFER("receiveBuffer"),
    NETWORK("network"),
    SEED("seed"),
    REDACT("redact"),
    CAPTURE("capture"),
    PROPERTIES("properties");

    /** The options of annotations. */
    public static final Set<ServerOption> ALL = EnumSet.allOf(ServerOption.class);

    /** The options after the question mark of a URL. The address is before it, and a URL cannot have properties. */
    static final Set<ServerOption> IN_URL = EnumSet.complementOf(EnumSet.of(HOST, PORT, PATH, REDACT, PROPERTIES));

    private final String inText;

    ServerOption(String inText) {
        this.inText = inText;
    }

    public static Optional<ServerOption> find(Set<ServerOption> options, String name) {
        return options.stream().filter(option -> option.inText.equals(name)).findFirst();
    }

    /** Whether it has several values. */
    public boolean isList() {
        return switch (this) {
            case CERTIFICATE_HOSTS, PROTOCOLS, CIPHER_SUITES, APPLICATION_PROTOCOLS, NETWORK, REDACT, PROPERTIES ->
                true;
            default -> false;
        };
    }

    /** For messages. */
    public static List<String> names(Set<ServerOption> options) {
        return options.stream().map(option -> option.inText).toList();
    }

    /**
     * Sets the option.
     *
     * @param value text of a URL, or the attribute of an annotation
     */
    public ServerSpecBuilder set(ServerSpecBuilder server, Object value) {
        OptionValue to = new OptionValue(inText, value);
        return switch (this) {
            case HOST -> server.host(to.text());
            case PORT -> server.port(to.integer());
            case BACKLOG -> server.backlog(to.integer());
            case TIMEOUT -> server.timeout(to.duration());
            case STRICT -> server.strict(to.flag());
            case OPTIONAL -> server.optional(to.flag());
            case CONVERSATION -> server.conversation(to.constant(ConversationMode.class));
            case RECORDING_LIMIT -> server.recordingLimit(to.number());
            case MESSAGE_LIMIT -> server.messageLimit(to.integer());
            case SKIP_IF_UNSUPPORTED -> server.skipIfUnsupported(to.flag());
            case NAME -> server.name(to.text());
            case PATH -> server.path(to.text());
            case UMASK -> server.umask(to.text());
            case MODE -> server.mode(to.text());
            case REPLACE_STALE -> server.replaceStale(to.flag());
            case CERTIFICATE -> server.tls(tls -> tls.certificate(to.constant(CertificateKind.class)));
            case CERTIFICATE_HOSTS -> server.tls(tls -> tls.certificateHosts(to.list()));
            case CLIENT_CERTIFICATE -> server.tls(tls -> tls.clientCertificate(to.constant(ClientCertificate.class)));
            case PROTOCOLS -> server.tls(tls -> TlsOptions.protocols(tls, to.list()));
            case CIPHER_SUITES -> server.tls(tls -> tls.cipherSuites(to.list()));
            case APPLICATION_PROTOCOLS -> server.tls(tls -> tls.applicationProtocols(to.list()));
            case RESUMPTION -> server.tls(tls -> TlsOptions.resumption(tls, to.flag()));
            case RECEIVE_BUFFER -> server.receiveBuffer(to.integer());
            case NETWORK -> server.network(to.conditions());
            case SEED -> server.seed(to.signed());
            case REDACT -> server.redact(to.list());
            case CAPTURE -> server.capture(to.constant(Capture.class));
            case PROPERTIES -> server.properties(to.list());
        };
    }

    /** The option in a URL; empty if the specification has the default value. */
    Optional<String> inUrl(ServerSpec spec, ServerSpec defaults) {
        Object value = get(spec);
        return value.equals(get(defaults))
                ? Optional.empty()
                : Optional.of(inText + "=" + new OptionValue(inText, value).inUrl());
    }

    private Object get(ServerSpec spec) {
        return switch (this) {
            case HOST -> spec.host();
            case PORT -> spec.port();
            case BACKLOG -> spec.backlog();
            case TIMEOUT -> spec.timeout();
            case STRICT -> spec.isStrict();
            case OPTIONAL -> spec.isOptional();
            case CONVERSATION -> spec.conversation();
            case RECORDING_LIMIT -> spec.recordingLimit();
            case MESSAGE_LIMIT -> spec.messageLimit();
            case SKIP_IF_UNSUPPORTED -> spec.isSkipIfUnsupported();
            case NAME -> spec.name();
            case PATH -> spec.path();
            case UMASK -> UnixOptions.of(spec).umaskInOctal();
            case MODE -> UnixOptions.of(spec).modeInOctal();
            case REPLACE_STALE -> spec.replacesStale();
            case CERTIFICATE -> TlsOptions.kind(spec.tls());
            case CERTIFICATE_HOSTS -> spec.tls().certificateHosts();
            case CLIENT_CERTIFICATE -> spec.tls().clientCertificate();
            case PROTOCOLS -> spec.tls().protocols();
            case CIPHER_SUITES -> spec.tls().cipherSuites();
            case APPLICATION_PROTOCOLS -> spec.tls().applicationProtocols();
            case RESUMPTION -> TlsOptions.resumes(spec.tls());
            case RECEIVE_BUFFER -> spec.receiveBuffer();
            case NETWORK -> spec.network();
            case SEED -> spec.seed();
            case REDACT -> spec.redact();
            case CAPTURE -> spec.capture();
            case PROPERTIES -> spec.properties();
        };
    }
}
