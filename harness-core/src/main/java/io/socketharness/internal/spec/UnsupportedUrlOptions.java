package io.socketharness.internal.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options that URLs do not take, such as those of PHP's stream contexts: why, or what to write instead. */
final class UnsupportedUrlOptions {

    private static final Map<String, String> REASONS = reasons();

    private UnsupportedUrlOptions() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        reasons.put(
                "ipv6_v6only",
                "cannot be set, as the JDK has no such option; 0.0.0.0 is for IPv4 alone, [::] for IPv4 and IPv6");
        reasons.put(
                "so_reuseport",
                "cannot be set: servers that share a port get each other's clients; port 0 gives each its own");
        reasons.put(
                "so_broadcast",
                "cannot be set: a server sends to those that have written to it, and to no broadcast address");
        for (String place : List.of("host", "port", "path")) {
            reasons.put(place, "is no option, and stands before the ?, as in tcp://127.0.0.1:0 and unix:///run/x.sock");
        }
        reasons.put("tcp_nodelay", "cannot be set: it is always on");
        reasons.put("security_level", "cannot be set, as the JDK has none; protocols and cipherSuites choose");
        for (String file : List.of("local_cert", "local_pk", "passphrase")) {
            reasons.put(
                    file,
                    "is for code: TlsSettings.builder().certificate(…) takes what HeldCertificate.readPem(…) reads");
        }
        for (String peer : List.of("verify_peer", "cafile", "capture_peer_cert")) {
            reasons.put(
                    peer,
                    "is called clientCertificate here, such as clientCertificate=needed; TlsSettings.builder()"
                            + ".clientAuthority(…) says who issues them");
        }
        reasons.put("SNI_server_certs", "is for code: TlsSettings.builder().serverName(…) gives one for each name");
        reasons.put("ciphers", "is called cipherSuites here, such as cipherSuites=TLS_AES_128_GCM_SHA256");
        reasons.put("crypto_method", "is called protocols here, such as protocols=TLSv1.2");
        reasons.put("alpn_protocols", "is called applicationProtocols here, such as applicationProtocols=h2");
        return Map.copyOf(reasons);
    }

    /** The sentence without its subject; nothing for what is no option of a context. */
    static @Nullable String reason(String name) {
        return REASONS.get(name);
    }
}
