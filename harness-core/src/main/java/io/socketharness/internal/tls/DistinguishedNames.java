package io.socketharness.internal.tls;

import javax.security.auth.x500.X500Principal;

/** Names of subjects and issuers. */
public final class DistinguishedNames {

    private static final int LONGEST_COMMON_NAME = 64;

    private DistinguishedNames() {}

    public static X500Principal parse(String name) {
        try {
            X500Principal principal = new X500Principal(name);
            if (!principal.getName().isEmpty()) {
                return principal;
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(refusal(name), malformed);
        }
        throw new IllegalArgumentException(refusal(name));
    }

    private static String refusal(String name) {
        return "\"" + name + "\" is not a distinguished name (RFC 4514); expected one such as"
                + " CN=localhost, O=Example, C=DE, emailAddress=admin@example.test";
    }

    /** The default name of a server's certificate: its first host, if it fits (RFC 5280, appendix A.1). */
    public static X500Principal of(HostName host) {
        return host.text().length() <= LONGEST_COMMON_NAME
                ? new X500Principal("CN=\"" + host.text() + "\"")
                : new X500Principal("CN=socket-harness");
    }
}
