package io.socketharness.tls;

import io.socketharness.internal.tls.ServerNameKeyManager;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a server, and the JDK's contexts with its sessions. Servers that share sessions share their identity.
 * Everything is created when it is first needed.
 */
final class ServerIdentity {

    private final TlsSettings settings;
    private final String host;
    private final boolean resumes;
    private @Nullable HeldCertificate certificate;
    private @Nullable SSLContext context;
    private @Nullable SSLContext datagramContext;

    /** An identity; if it does not resume, each handshake has a new context. */
    ServerIdentity(TlsSettings settings, String host, boolean resumes) {
        this.settings = settings;
        this.host = host;
        this.resumes = resumes;
    }

    /** Refuses a server that cannot have this identity. */
    void requireSame(TlsSettings others, String othersHost) {
        if (!settings.equals(others)) {
            throw new IllegalArgumentException(
                    "servers that share TLS sessions need equal TLS settings, but this server has " + others
                            + ", and the first one " + settings + "; give all of them the same TlsSettings");
        }
        if (!host.equals(othersHost) && settings.certificate().isEmpty()) {
            throw new IllegalArgumentException(
                    "servers that share TLS sessions have one certificate, but this server is"
                            + " bound to " + othersHost + ", and the first one to " + host
                            + "; bind them to the same host, or set a certificate for both in TlsSettings");
        }
    }

    synchronized HeldCertificate certificate() {
        HeldCertificate known = certificate;
        if (known == null) {
            known = settings.certificate().orElseGet(this::issue);
            certificate = known;
        }
        return known;
    }

    private HeldCertificate issue() {
        return settings.authority()
                .certificate()
                .addHosts(host)
                .addHosts(settings.certificateHosts().toArray(String[]::new))
                .issue(settings.certificateKind());
    }

    synchronized SSLContext tls() {
        SSLContext known = context;
        if (known == null) {
            known = context("TLS");
            context = resumes ? known : null;
        }
        return known;
    }

    synchronized SSLContext dtls() {
        SSLContext known = datagramContext;
        if (known == null) {
            known = context("DTLS");
            datagramContext = resumes ? known : null;
        }
        return known;
    }

    /** Sessions are in a context, or encrypted with its keys: a new context knows none. */
    synchronized void forgetSessions() {
        context = null;
        datagramContext = null;
    }

    private SSLContext context(String protocol) {
        try {
            SSLContext made = SSLContext.getInstance(protocol);
            KeyManager keys = settings.serverNames().isEmpty()
                    ? certificate().keyManager()
                    : new ServerNameKeyManager(certificate(), settings.serverNames());
            made.init(new KeyManager[] {keys}, trustInClients(), null);
            return made;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JVM has no " + protocol, absent);
        }
    }

    /**
     * Returns no trust managers if no client certificate is requested. With null the JDK would read its default trust
     * store.
     */
    private TrustManager[] trustInClients() {
        return settings.clientCertificate() == ClientCertificate.NONE
                ? new TrustManager[0]
                : new TrustManager[] {settings.clientAuthority().trustManager()};
    }
}
