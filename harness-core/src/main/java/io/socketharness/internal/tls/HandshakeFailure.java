package io.socketharness.internal.tls;

import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.recording.TlsFailure.Reason;
import io.socketharness.recording.Handshake;
import io.socketharness.tls.TlsAlert;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The reason for a failed handshake, in words that depend on the JDK as little as possible. */
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
        TlsFailure failure =
                received(failed).map(HandshakeFailure::refusal).orElseGet(() -> own(failed, hello, engine));
        return new TlsException(failure, failed);
    }

    static TlsException afterwards(SSLException failed) {
        TlsFailure failure = received(failed)
                .map(alert -> TlsFailure.byAlert(Reason.ALERT, alert))
                .orElseGet(() -> new TlsFailure(
                        Reason.UNREADABLE_RECORD, String.valueOf(deepest(failed).getMessage())));
        return new TlsException(failure, failed);
    }

    /** The alert that the JDK reports as received. Exceptions of this library contain none. */
    private static Optional<String> received(SSLException failed) {
        for (Throwable cause = failed; cause != null && !(cause instanceof BadRecord); cause = cause.getCause()) {
            Matcher received = RECEIVED.matcher(String.valueOf(cause.getMessage()));
            if (received.find()) {
                return Optional.of(received.group(1));
            }
        }
        return Optional.empty();
    }

    /** The client's refusal, by the number of its unencrypted alert. */
    static TlsFailure refusal(int alert) {
        return refusal(Arrays.stream(TlsAlert.values())
                .filter(known -> known.code() == alert)
                .findFirst()
                .map(TlsAlert::toString)
                .orElse("alert " + alert));
    }

    /** The client's refusal, by its alert. */
    static TlsFailure refusal(String alert) {
        return TlsFailure.byAlert(
                ABOUT_CERTIFICATES.contains(alert) ? Reason.CERTIFICATE_REFUSED : Reason.REFUSED_BY_CLIENT, alert);
    }

    private static TlsFailure own(SSLException failed, Optional<ClientHello> hello, SSLEngine engine) {
        List<String> offered = hello.map(ClientHello::protocols).orElse(List.of());
        List<String> spoken = List.of(engine.getEnabledProtocols());
        if (!offered.isEmpty() && offered.stream().noneMatch(spoken::contains)) {
            return new TlsFailure(
                    Reason.NO_COMMON_PROTOCOL,
                    String.join(", ", offered) + ", and the server speaks " + String.join(", ", spoken));
        }
        return failed instanceof BadRecord
                ? new TlsFailure(Reason.REFUSED_BY_SERVER, String.valueOf(failed.getMessage()))
                : ofTheJdk(failed, hello);
    }

    /** The JDK has no types for these failures, only messages. */
    private static TlsFailure ofTheJdk(SSLException failed, Optional<ClientHello> hello) {
        String message = String.valueOf(failed.getMessage());
        if (message.contains("no cipher suites in common")) {
            return new TlsFailure(Reason.NO_COMMON_CIPHER_SUITE);
        }
        if (message.contains("Empty client certificate chain") || message.contains("Empty server certificate chain")) {
            return new TlsFailure(Reason.NO_CLIENT_CERTIFICATE);
        }
        if (message.contains("application layer protocol")) {
            List<String> offered = hello.map(ClientHello::applicationProtocols).orElse(List.of());
            return new TlsFailure(Reason.NO_COMMON_APPLICATION_PROTOCOL, String.join(", ", offered));
        }
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new TlsFailure(
                        Reason.CLIENT_CERTIFICATE_NOT_TRUSTED,
                        String.valueOf(deepest(cause).getMessage()));
            }
        }
        return new TlsFailure(
                Reason.REFUSED_BY_SERVER, String.valueOf(deepest(failed).getMessage()));
    }

    private static Throwable deepest(Throwable failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    static Handshake outcome(SSLEngine engine, boolean resumed, Optional<String> serverName) {
        @Nullable String application = engine.getApplicationProtocol();
        return new Handshake(
                engine.getSession().getProtocol(),
                engine.getSession().getCipherSuite(),
                resumed,
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
