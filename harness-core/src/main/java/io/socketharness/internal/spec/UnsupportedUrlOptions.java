package io.socketharness.internal.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options that URLs do not support, such as those of PHP's stream contexts: the reason, or the alternative. */
final class UnsupportedUrlOptions {

    private static final Map<String, String> REASONS = reasons();

    private UnsupportedUrlOptions() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        reasons.put(
                "ipv6_v6only",
                "cannot be set because the JDK has no such option; use 0.0.0.0 for IPv4 only, [::] for IPv4 and IPv6");
        reasons.put(
                "so_reuseport",
                "cannot be set: servers that share a port get each other's clients; use port 0 to give each server"
                        + " its own");
        reasons.put(
                "so_broadcast",
                "cannot be set: a server sends only to clients that have sent to it, not to a broadcast address");
        for (String place : List.of("host", "port", "path")) {
            reasons.put(
                    place,
                    "is not an option; write it before the ?, as in tcp://127.0.0.1:0 and" + " unix:///run/x.sock");
        }
        reasons.put(
                "forwardTo",
                "cannot be set in a URL: use ServerSpecBuilder.forwardTo(…), or the step Behaviours.forwardTo(…)");
        reasons.put(
                "tape",
                "cannot be set in a URL: use FakeServer.start(url, Tape.read(…)), or ServerSpecBuilder.tape(…)");
        reasons.put("redact", "cannot be set in a URL: use ServerSpecBuilder.redact(…)");
        reasons.put("tcp_nodelay", "cannot be set: it is always on");
        reasons.put(
                "security_level",
                "cannot be set because the JDK has no security levels; use protocols and" + " cipherSuites");
        for (String file : List.of("local_cert", "local_pk", "passphrase")) {
            reasons.put(
                    file, "cannot be set in a URL: use TlsSettings.builder().certificate(HeldCertificate.readPem(…))");
        }
        for (String peer : List.of("verify_peer", "cafile", "capture_peer_cert")) {
            reasons.put(
                    peer,
                    "is called clientCertificate here, such as clientCertificate=needed; TlsSettings.builder()"
                            + ".clientAuthority(…) sets their issuer");
        }
        reasons.put(
                "SNI_server_certs",
                "cannot be set in a URL: use TlsSettings.builder().serverName(…) for each" + " name");
        reasons.put("ciphers", "is called cipherSuites here, such as cipherSuites=TLS_AES_128_GCM_SHA256");
        reasons.put("crypto_method", "is called protocols here, such as protocols=TLSv1.2");
        reasons.put("alpn_protocols", "is called applicationProtocols here, such as applicationProtocols=h2");
        reasons.put(
                "no_ticket", "cannot be set; resumption=false refuses to resume sessions, with and without tickets");
        return Map.copyOf(reasons);
    }

    /** The sentence without its subject; null for an unknown option. */
    static @Nullable String reason(String name) {
        return REASONS.get(name);
    }
}
