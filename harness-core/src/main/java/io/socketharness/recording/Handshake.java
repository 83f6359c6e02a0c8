package io.socketharness.recording;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What a client and the server have agreed on when TLS was established.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite by its name in RFC 8446 or the TLS registry, such as {@code TLS_AES_256_GCM_SHA384}
 * @param serverName the host that the client asked for (RFC 6066); clients ask for none where they have an address
 * @param applicationProtocol agreed on by ALPN (RFC 7301), such as {@code h2}
 * @param clientCertificates the client's own first; none if it was asked for none, or gave none
 */
public record Handshake(
        String protocol,
        String cipherSuite,
        Optional<String> serverName,
        Optional<String> applicationProtocol,
        List<X509Certificate> clientCertificates) {

    /**
     * Takes what is held as it is.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param cipherSuite its name
     * @param serverName the host that the client asked for
     * @param applicationProtocol agreed on by ALPN
     * @param clientCertificates the client's own first
     */
    public Handshake {
        clientCertificates = List.copyOf(clientCertificates);
    }

    /** In words, such as {@code TLSv1.3, TLS_AES_256_GCM_SHA384, for localhost, h2, client certificate CN=anna}. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ").add(protocol).add(cipherSuite);
        serverName.ifPresent(name -> words.add("for " + name));
        applicationProtocol.ifPresent(words::add);
        clientCertificates.stream()
                .findFirst()
                .ifPresent(own -> words.add(
                        "client certificate " + own.getSubjectX500Principal().getName()));
        return words.toString();
    }
}
