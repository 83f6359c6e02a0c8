package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.recording.Exchange;
import java.util.Set;

/** Advice for a client that does not trust the server, or does not speak TLS. */
final class TlsAdvice {

    /** The alerts of clients that do not trust the authority of the certificate; others are about the certificate itself. */
    private static final Set<String> DISTRUST = Set.of("certificate_unknown", "unknown_ca", "bad_certificate");

    private static final String TRUST =
            "give it server.tls().clientContext(), or the certificate in the file server.tls().caPemFile().";

    private TlsAdvice() {}

    /** A sentence, or an empty string. */
    static String of(Exchange exchange) {
        TlsFailure failure = ExchangeRecorder.of(exchange).client().tlsFailure().orElse(null);
        if (failure == null) {
            return "";
        }
        return switch (failure.reason()) {
            case CERTIFICATE_REFUSED, REFUSED_BY_CLIENT ->
                failure.alert().filter(DISTRUST::contains).isPresent()
                        ? "The client does not trust the server. If it should, " + TRUST
                        : "";
            case CLOSED_BY_CLIENT ->
                "Some clients close the connection like this if they do not trust the server. If yours should trust it, "
                        + TRUST;
            case NO_TLS ->
                "Does the client use TLS, such as https? If it should send plain text, use the transport tcp, without"
                        + " @starttls.";
            case NO_DTLS -> "Does the client use DTLS? If it should send plain datagrams, use the transport udp.";
            default -> "";
        };
    }
}
