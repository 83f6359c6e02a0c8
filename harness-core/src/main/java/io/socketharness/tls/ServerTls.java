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
 * The TLS of one server, and the trust in it for its clients. Nothing is made before it is needed: a server that never
 * speaks TLS costs nothing here.
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
     * The TLS of a server.
     *
     * @param settings how it is to speak
     * @param host where it is bound, which its certificate names
     */
    public ServerTls(TlsSettings settings, String host) {
        this.settings = settings;
        this.host = host;
    }

    /**
     * How the server speaks TLS.
     *
     * @return as it was specified
     */
    public TlsSettings settings() {
        return settings;
    }

    /**
     * What the server shows to its clients, unless they ask for a name that has a certificate of its own.
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
     * Trust for clients of the JDK.
     *
     * @return a context that trusts this server's authority and nothing else; for a certificate of the user's own without
     *     an authority, the last of its chain
     */
    public SSLContext clientContext() {
        return trust().clientContext();
    }

    /**
     * Trust for clients of the JDK that show a certificate of their own.
     *
     * @param own the client's, such as one that {@link #issueClientCertificate} has made
     * @return a context that trusts this server's authority and nothing else
     */
    public SSLContext clientContext(HeldCertificate own) {
        return trust().clientContext(own.keyManager());
    }

    /**
     * Issues a certificate that this server accepts, where it asks its clients for one.
     *
     * @param distinguishedName the client's, such as {@code CN=anna, O=Example}
     * @return the certificate with its key
     */
    public HeldCertificate issueClientCertificate(String distinguishedName) {
        return settings.clientAuthority()
                .certificate()
                .subject(distinguishedName)
                .issue();
    }

    /**
     * Trust for clients that take a trust manager, such as OkHttp.
     *
     * @return the JDK's own (PKIX), which trusts what {@link #clientContext()} trusts
     */
    public X509TrustManager trustManager() {
        return trust().manager();
    }

    /**
     * Trust for clients that take a key store.
     *
     * @return a new one in memory, with what {@link #clientContext()} trusts
     */
    public KeyStore trustStore() {
        return trust().store();
    }

    /**
     * Trust as text.
     *
     * @return what clients have to trust, as PEM (RFC 7468)
     */
    public String caPem() {
        return trust().pem();
    }

    /**
     * Trust for programs that take a file, such as {@code curl --cacert}.
     *
     * @return the path of what {@link #caPem()} says, the same at each call, in a directory that only its user may enter;
     *     deleted when the JVM ends
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
     * The server's side of TLS on one connection.
     *
     * @return an engine of the JDK, not begun
     */
    public SSLEngine engine() {
        return engine(tls(), engine -> {});
    }

    /**
     * The server's side of DTLS with one client. Its records are of 1432 bytes at most, which fit into a packet of
     * Ethernet with headers of IPv6.
     *
     * @return an engine of the JDK, not begun
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

    /** Empty where clients are asked for nothing: with null the JDK would read its own trust store. */
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
