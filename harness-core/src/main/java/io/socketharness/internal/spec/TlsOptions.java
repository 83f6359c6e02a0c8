package io.socketharness.internal.spec;

import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.TlsSessions;
import io.socketharness.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;

/** Combinations of TLS options and settings. */
final class TlsOptions {

    private TlsOptions() {}

    /** Sets the protocols, unless the transport's name determines them. */
    static void protocols(TlsSettings.Builder tls, String... protocols) {
        List<String> known = tls.build().protocols();
        if (!known.isEmpty() && !known.equals(List.of(protocols))) {
            throw new IllegalArgumentException("found " + String.join(", ", protocols) + ", and the transport is for "
                    + String.join(", ", known) + "; use the transport tls instead");
        }
        tls.protocols(protocols);
    }

    /** A user's certificate has no text form. */
    static CertificateKind kind(TlsSettings tls) {
        return tls.certificate().isPresent() ? CertificateKind.VALID : tls.certificateKind();
    }

    /** Turns resumption off. */
    static void resumption(TlsSettings.Builder tls, boolean on) {
        if (!on) {
            tls.sessions(TlsSessions.none());
        }
    }

    /** Whether clients can resume sessions. */
    static boolean resumes(TlsSettings tls) {
        return tls.sessions().isEmpty() || tls.sessions().get() != TlsSessions.none();
    }

    /** The names of the settings that are not at their defaults. */
    static List<String> changed(TlsSettings tls) {
        List<String> names = new ArrayList<>();
        if (tls.certificate().isPresent() || tls.certificateKind() != CertificateKind.VALID) {
            names.add("certificate");
        }
        if (!tls.certificateHosts().isEmpty()) {
            names.add("certificateHosts");
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
        if (tls.sessions().isPresent()) {
            names.add(resumes(tls) ? "sessions" : "resumption");
        }
        // An authority is created on demand, so it is not compared.
        return names.isEmpty() && !tls.equals(TlsSettings.defaults()) ? List.of("authority") : names;
    }
}
