package io.socketharness.internal.spec;

import io.socketharness.ServerSpecBuilder;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.TlsSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The options of URLs, and attributes of annotations, that say how TLS is spoken. */
public final class TlsOptions {

    public static final String NAMES = "certificate, clientCertificate, protocols, cipherSuites, applicationProtocols";

    private TlsOptions() {}

    /** Sets what one option says, as text; false if it is none of these. */
    static boolean set(ServerSpecBuilder server, String name, String value) {
        switch (name) {
            case "certificate" -> server.tls(tls -> tls.certificate(constant(name, CertificateKind.class, value)));
            case "clientCertificate" ->
                server.tls(tls -> tls.clientCertificate(constant(name, ClientCertificate.class, value)));
            case "protocols" -> server.tls(tls -> protocols(tls, value.split(",")));
            case "cipherSuites" -> server.tls(tls -> tls.cipherSuites(value.split(",")));
            case "applicationProtocols" -> server.tls(tls -> tls.applicationProtocols(value.split(",")));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Sets the protocols, unless the name of the transport has said which. */
    public static TlsSettings.Builder protocols(TlsSettings.Builder tls, String... protocols) {
        List<String> known = tls.build().protocols();
        if (!known.isEmpty() && !known.equals(List.of(protocols))) {
            throw new IllegalArgumentException("found " + String.join(", ", protocols) + ", and the transport is for "
                    + String.join(", ", known) + " alone; with tls they are allowed");
        }
        return tls.protocols(protocols);
    }

    private static <T extends Enum<T>> T constant(String name, Class<T> type, String value) {
        for (T constant : type.getEnumConstants()) {
            if (constant.name().equals(value.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(name + " is \"" + value + "\"; allowed are "
                + Arrays.stream(type.getEnumConstants()).map(TlsOptions::word).collect(Collectors.joining(", ")));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Adds the options that are not at their defaults; a certificate of the user's own is none that text could say. */
    static void format(TlsSettings tls, StringJoiner options) {
        if (tls.certificate().isEmpty() && tls.certificateKind() != CertificateKind.VALID) {
            options.add("certificate=" + word(tls.certificateKind()));
        }
        if (tls.clientCertificate() != ClientCertificate.NONE) {
            options.add("clientCertificate=" + word(tls.clientCertificate()));
        }
        list(options, "protocols", tls.protocols());
        list(options, "cipherSuites", tls.cipherSuites());
        list(options, "applicationProtocols", tls.applicationProtocols());
    }

    /** The names of the settings that are not at their defaults. */
    static List<String> changed(TlsSettings tls) {
        List<String> names = new ArrayList<>();
        if (tls.certificate().isPresent() || tls.certificateKind() != CertificateKind.VALID) {
            names.add("certificate");
        }
        if (!tls.serverNames().isEmpty()) {
            names.add("serverName");
        }
        if (tls.clientCertificate() != ClientCertificate.NONE) {
            names.add("clientCertificate");
        }
        if (!tls.protocols().isEmpty()) {
            names.add("protocols");
        }
        if (!tls.cipherSuites().isEmpty()) {
            names.add("cipherSuites");
        }
        if (!tls.applicationProtocols().isEmpty()) {
            names.add("applicationProtocols");
        }
        // An authority is made when it is asked for, so it is not compared.
        return names.isEmpty() && !tls.equals(TlsSettings.defaults()) ? List.of("authority") : names;
    }

    private static void list(StringJoiner options, String name, List<String> values) {
        if (!values.isEmpty()) {
            options.add(name + "=" + String.join(",", values));
        }
    }
}
