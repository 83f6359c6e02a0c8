package io.socketharness.internal.forward;

import io.socketharness.tls.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides whether the certificate of a real server is trusted: if one of several trust managers trusts it. */
final class ServerTrust extends X509ExtendedTrustManager {

    private static @Nullable X509ExtendedTrustManager system;

    private final List<X509ExtendedTrustManager> any;

    private ServerTrust(List<X509ExtendedTrustManager> any) {
        this.any = any;
    }

    /**
     * Returns a context for connections to a real server.
     *
     * @param trust {@code any}, {@code system} or the path of a PEM file; empty for the system's authorities and the
     *     one that issues the certificates of fake servers
     * @throws IOException if the PEM file cannot be read; the message contains its path
     */
    static SSLContext context(String trust) throws IOException {
        try {
            List<X509ExtendedTrustManager> managers = new ArrayList<>();
            switch (trust) {
                case "" -> {
                    managers.add((X509ExtendedTrustManager)
                            CertificateAuthority.shared().trustManager());
                    managers.add(system());
                }
                case "system" -> managers.add(system());
                case "any" -> managers.add(new Everyone());
                default -> managers.add(manager(pem(trust)));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ServerTrust(managers)}, null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IOException("this JVM cannot create a TLS context: " + failed.getMessage(), failed);
        }
    }

    /** The JDK's PKIX trust manager; for the system's authorities without a store. */
    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** Read once: the system has many authorities. */
    private static synchronized X509ExtendedTrustManager system() throws GeneralSecurityException {
        X509ExtendedTrustManager known = system;
        if (known == null) {
            known = manager(null);
            system = known;
        }
        return known;
    }

    private static KeyStore pem(String path) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, one);
            }
        } catch (IOException | CertificateException unreadable) {
            throw new IOException(
                    "trust=" + path + ": no file with certificates in PEM can be read there: " + unreadable,
                    unreadable);
        }
        if (store.size() == 0) {
            throw new IOException("trust=" + path + ": the file contains no certificate in PEM");
        }
        return store;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        CertificateException refused = null;
        for (X509ExtendedTrustManager one : any) {
            try {
                one.checkServerTrusted(chain, type, engine);
                return;
            } catch (CertificateException untrusted) {
                refused = untrusted;
            }
        }
        throw refused == null ? new CertificateException("no trust manager") : refused;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw onlyEngines();
    }

    private static CertificateException onlyEngines() {
        return new CertificateException("only for the client's engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** Trusts every certificate, whatever its name. */
    private static final class Everyone extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
