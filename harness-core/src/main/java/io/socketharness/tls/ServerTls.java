package io.socketharness.tls;

import io.socketharness.internal.tls.ServerNameKeyManager;
import io.socketharness.internal.tls.Trust;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one server, with trust settings for its clients. All objects are created when they are first needed, so a
 * server without TLS has no cost.
 */
public final class ServerTls {

    private static final int LARGEST_DATAGRAM = 1432;

    private final TlsSettings settings;
    private final String host;
    private @Nullable HeldCertificate certificate;
    private @Nullable SSLContext context;
    private @Nullable SSLContext datagramContext;
    private @Nullable Trust trust;

    /**
     * Creates the TLS of a server.
     *
     * @param settings the settings
     * @param host the host that the server is bound to, which its certificate includes
     */
    public ServerTls(TlsSettings settings, String host) {
        this.settings = settings;
        this.host = host;
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
    public synchronized HeldCertificate certificate() {
        HeldCertificate known = certificate;
        if (known == null) {
            known = settings.certificate().orElseGet(this::issue);
            certificate = known;
        }
        return known;
    }

    private HeldCertificate issue() {
        return settings.authority().certificate().addHosts(host).issue(settings.certificateKind());
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
        return engine(tls(), engine -> {});
    }

    /**
     * Returns an engine for the server's side of DTLS with one client. Its records have at most 1432 bytes, so that
     * they fit into an Ethernet packet with IPv6 headers.
     *
     * @return a JDK engine, before its handshake
     */
    public SSLEngine datagramEngine() {
        return engine(dtls(), parameters -> parameters.setMaximumPacketSize(LARGEST_DATAGRAM));
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

    /**
     * Returns no trust managers if no client certificate is requested. With null the JDK would read its default trust
     * store.
     */
    private TrustManager[] trustInClients() {
        return settings.clientCertificate() == ClientCertificate.NONE
                ? new TrustManager[0]
                : new TrustManager[] {settings.clientAuthority().trustManager()};
    }

    private synchronized SSLContext tls() {
        SSLContext known = context;
        if (known == null) {
            known = context("TLS");
            context = known;
        }
        return known;
    }

    private synchronized SSLContext dtls() {
        SSLContext known = datagramContext;
        if (known == null) {
            known = context("DTLS");
            datagramContext = known;
        }
        return known;
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
}
