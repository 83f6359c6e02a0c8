package io.socketharness.recording;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The result of a TLS handshake.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite the name in RFC 8446 or the TLS registry, such as {@code TLS_AES_256_GCM_SHA384}
 * @param resumed whether the client resumed an earlier session: by a ticket or an id in TLS 1.2 and DTLS, by a pre-shared
 *     key in TLS 1.3. Then the client certificates are those of the earlier session
 * @param serverName the host that the client requested (RFC 6066); empty if the client sent no name, as clients do for
 *     IP addresses
 * @param applicationProtocol the protocol negotiated by ALPN (RFC 7301), such as {@code h2}
 * @param clientCertificates the client's certificate first; empty if the server did not request one, or the client sent
 *     none
 */
public record Handshake(
        String protocol,
        String cipherSuite,
        boolean resumed,
        Optional<String> serverName,
        Optional<String> applicationProtocol,
        List<X509Certificate> clientCertificates) {

    /**
     * Creates a handshake with a copy of the list of certificates.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param cipherSuite the name of the cipher suite
     * @param resumed whether the client resumed an earlier session
     * @param serverName the host that the client requested
     * @param applicationProtocol the protocol negotiated by ALPN
     * @param clientCertificates the client's certificate first
     */
    public Handshake {
        clientCertificates = List.copyOf(clientCertificates);
    }

    /**
     * Returns a summary, such as
     * {@code TLSv1.3, TLS_AES_256_GCM_SHA384, resumed, for localhost, h2, client certificate CN=anna}.
     */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ").add(protocol).add(cipherSuite);
        if (resumed) {
            words.add("resumed");
        }
        serverName.ifPresent(name -> words.add("for " + name));
        applicationProtocol.ifPresent(words::add);
        clientCertificates.stream()
                .findFirst()
                .ifPresent(own -> words.add(
                        "client certificate " + own.getSubjectX500Principal().getName()));
        return words.toString();
    }
}
