package io.socketharness.tls;

import io.socketharness.internal.tls.Trust;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one server, with trust settings for its clients. All objects are created when they are first needed, so a
 * server without TLS has no cost.
 */
public final class ServerTls {

    private static final int LARGEST_DATAGRAM = 1432;

    private final TlsSettings settings;
    private final ServerIdentity identity;
    private final Runnable forgotten;
    private @Nullable Trust trust;

    /**
     * Creates the TLS of a server.
     *
     * @param settings the settings
     * @param host the host that the server is bound to, which its certificate includes
     * @param forgotten ends the DTLS sessions of the server, see {@link #forgetSessions()}
     * @throws IllegalArgumentException if the server cannot have the sessions of {@link TlsSettings#sessions()}
     */
    public ServerTls(TlsSettings settings, String host, Runnable forgotten) {
        this.settings = settings;
        this.identity = settings.sessions()
                .map(sessions -> sessions.identity(settings, host))
                .orElseGet(() -> new ServerIdentity(settings, host, true));
        this.forgotten = forgotten;
    }

    /**
     * Returns the settings of the server's TLS.
     *
     * @return the settings as specified
     */
    public TlsSettings settings() {
        return settings;
    }

    /**
     * Returns the certificate that the server presents, unless the client requests a name with a separate certificate.
     *
     * @return the certificate with its key
     */
    public HeldCertificate certificate() {
        return identity.certificate();
    }

    /**
     * Forgets all sessions, as a restart of a real server does: a client that connects later and offers an earlier session
     * makes a full handshake. The certificate stays the same. Servers that share sessions forget them together.
     *
     * <p>Open streams stay open. On datagrams ({@code dtls}), the server also forgets the established sessions of its
     * clients: their conversations end without a close_notify, no step of their scripts is outstanding, and later records
     * of these clients are discarded, in an exchange of their own, until they send a new hello.
     */
    public void forgetSessions() {
        identity.forgetSessions();
        forgotten.run();
    }

    /**
     * Returns a TLS context for JDK clients.
     *
     * @return a context that trusts only this server's authority; for a custom certificate without an authority, only
     *     the last certificate of its chain
     */
    public SSLContext clientContext() {
        return trust().clientContext();
    }

    /**
     * Returns a TLS context for JDK clients that present a certificate.
     *
     * @param own the client's certificate, such as one from {@link #issueClientCertificate}
     * @return a context that trusts only this server's authority
     */
    public SSLContext clientContext(HeldCertificate own) {
        return trust().clientContext(own.keyManager());
    }

    /**
     * Issues a client certificate that this server accepts if it requests one.
     *
     * @param distinguishedName the client's name, such as {@code CN=anna, O=Example}
     * @return the certificate with its key
     */
    public HeldCertificate issueClientCertificate(String distinguishedName) {
        return settings.clientAuthority()
                .certificate()
                .subject(distinguishedName)
                .issue();
    }

    /**
     * Returns a trust manager, for clients that accept one, such as OkHttp.
     *
     * @return the JDK's PKIX trust manager with the trust of {@link #clientContext()}
     */
    public X509TrustManager trustManager() {
        return trust().manager();
    }

    /**
     * Returns a trust store, for clients that accept a key store.
     *
     * @return a new key store in memory with the trust of {@link #clientContext()}
     */
    public KeyStore trustStore() {
        return trust().store();
    }

    /**
     * Returns the certificate that clients must trust, as text.
     *
     * @return PEM (RFC 7468)
     */
    public String caPem() {
        return trust().pem();
    }

    /**
     * Returns a file with the certificate that clients must trust, for programs that accept one, such as
     * {@code curl --cacert}.
     *
     * @return the path of a file with {@link #caPem()}, the same at each call, in a directory that only this user can
     *     enter; deleted when the JVM ends
     */
    public Path caPemFile() {
        return trust().pemFile();
    }

    private synchronized Trust trust() {
        Trust known = trust;
        if (known == null) {
            known = settings.certificate()
                    .filter(own -> !settings.hasAuthority())
                    .map(own -> new Trust(own.chain().get(own.chain().size() - 1)))
                    .orElseGet(() -> settings.authority().trust());
            trust = known;
        }
        return known;
    }

    /**
     * Returns an engine for the server's side of TLS on one connection.
     *
     * @return a JDK engine, before its handshake
     */
    public SSLEngine engine() {
        return engine(identity.tls(), engine -> {});
    }

    /**
     * Returns an engine for the server's side of DTLS with one client. Its records have at most 1432 bytes, so that
     * they fit into an Ethernet packet with IPv6 headers.
     *
     * @return a JDK engine, before its handshake
     */
    public SSLEngine datagramEngine() {
        return engine(identity.dtls(), parameters -> parameters.setMaximumPacketSize(LARGEST_DATAGRAM));
    }

    private SSLEngine engine(SSLContext of, Consumer<SSLParameters> more) {
        SSLEngine engine = of.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        more.accept(parameters);
        if (!settings.protocols().isEmpty()) {
            parameters.setProtocols(settings.protocols().toArray(String[]::new));
        }
        if (!settings.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(settings.cipherSuites().toArray(String[]::new));
            parameters.setUseCipherSuitesOrder(true);
        }
        parameters.setNeedClientAuth(settings.clientCertificate() == ClientCertificate.NEEDED);
        if (settings.clientCertificate() == ClientCertificate.WANTED) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        if (!settings.applicationProtocols().isEmpty()) {
            engine.setHandshakeApplicationProtocolSelector((any, offered) -> select(offered));
        }
        return engine;
    }

    private @Nullable String select(List<String> offered) {
        Optional<String> best = settings.applicationProtocols().stream()
                .filter(offered::contains)
                .findFirst();
        return best.orElse(null);
    }
}
