package io.socketharness.tls;

import io.socketharness.recording.Handshake;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why a handshake failed, in words that do not change with the JDK as far as that can be had. */
final class HandshakeFailure {

    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca");

    private HandshakeFailure() {}

    static TlsException of(SSLException failed, Optional<ClientHello> hello, SSLEngine engine) {
        String reason = received(failed)
                .map(HandshakeFailure::refusal)
                .orElseGet(() -> "the server refused the handshake: " + own(failed, hello, engine));
        return new TlsException(reason, failed);
    }

    static String afterwards(SSLException failed) {
        return received(failed)
                .map(alert -> "the client sent the alert " + alert)
                .orElseGet(() -> "the client sent a record that cannot be read: "
                        + deepest(failed).getMessage());
    }

    private static Optional<String> received(SSLException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            Matcher received = RECEIVED.matcher(String.valueOf(cause.getMessage()));
            if (received.find()) {
                return Optional.of(received.group(1));
            }
        }
        return Optional.empty();
    }

    /** The client's refusal, by the alert that it sent. */
    static String refusal(String alert) {
        return ABOUT_CERTIFICATES.contains(alert)
                ? "the client refused our certificate: " + alert
                : "the client refused the handshake: " + alert;
    }

    private static String own(SSLException failed, Optional<ClientHello> hello, SSLEngine engine) {
        String message = String.valueOf(failed.getMessage());
        List<String> offered = hello.map(ClientHello::protocols).orElse(List.of());
        List<String> spoken = List.of(engine.getEnabledProtocols());
        if (!offered.isEmpty() && offered.stream().noneMatch(spoken::contains)) {
            return "the client offers " + String.join(", ", offered) + ", and the server speaks "
                    + String.join(", ", spoken);
        }
        if (message.contains("no cipher suites in common")) {
            return "they have no cipher suite in common";
        }
        if (message.contains("Empty client certificate chain") || message.contains("Empty server certificate chain")) {
            return "the client gave no certificate, which is required";
        }
        if (message.contains("application layer protocol")) {
            return "they have no application protocol in common; the client offers "
                    + String.join(
                            ", ", hello.map(ClientHello::applicationProtocols).orElse(List.of()));
        }
        Throwable deepest = failed;
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
            if (cause instanceof CertificateException) {
                return "the client's certificate is not trusted: "
                        + deepest(cause).getMessage();
            }
        }
        return String.valueOf(deepest.getMessage());
    }

    private static Throwable deepest(Throwable failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    static Handshake outcome(SSLEngine engine, Optional<String> serverName) {
        @Nullable String application = engine.getApplicationProtocol();
        return new Handshake(
                engine.getSession().getProtocol(),
                engine.getSession().getCipherSuite(),
                serverName,
                Optional.ofNullable(application).filter(name -> !name.isEmpty()),
                clientCertificates(engine));
    }

    private static List<X509Certificate> clientCertificates(SSLEngine engine) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (java.security.cert.Certificate one : engine.getSession().getPeerCertificates()) {
                if (one instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
        return certificates;
    }
}
