package io.socketharness.internal.tls;

import io.socketharness.tls.HeldCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses a server's certificate by the requested host name; an alias is that name and the underlying alias. */
public final class ServerNameKeyManager extends X509ExtendedKeyManager {

    private final X509ExtendedKeyManager otherwise;
    private final Map<String, X509ExtendedKeyManager> byName = new HashMap<>();

    public ServerNameKeyManager(HeldCertificate otherwise, Map<String, HeldCertificate> certificates) {
        this.otherwise = otherwise.keyManager();
        certificates.forEach((name, certificate) -> byName.put(name, certificate.keyManager()));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String name = engine == null ? "" : known(requested(engine));
        String alias = manager(name).chooseEngineServerAlias(keyType, issuers, engine);
        return alias == null ? null : name + "/" + alias;
    }

    private static String requested(SSLEngine engine) {
        List<SNIServerName> names = engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames()
                : List.of();
        for (SNIServerName name : names) {
            if (name instanceof SNIHostName host) {
                return host.getAsciiName().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /** The entry for a host: its own, otherwise the wildcard's; empty if there is neither. */
    private String known(String host) {
        if (byName.containsKey(host)) {
            return host;
        }
        String wildcard = "*" + host.substring(Math.max(0, host.indexOf('.')));
        return byName.containsKey(wildcard) ? wildcard : "";
    }

    private X509ExtendedKeyManager manager(String name) {
        return byName.getOrDefault(name, otherwise);
    }

    private static String name(String alias) {
        return alias.substring(0, alias.indexOf('/'));
    }

    private static String inner(String alias) {
        return alias.substring(alias.indexOf('/') + 1);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return manager(name(alias)).getCertificateChain(inner(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return manager(name(alias)).getPrivateKey(inner(alias));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
