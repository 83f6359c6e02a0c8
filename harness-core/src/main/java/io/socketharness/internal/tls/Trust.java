package io.socketharness.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trust in one root, in all forms for clients. */
public final class Trust {

    private static final String ALIAS = "socket-harness";

    private final X509Certificate root;
    private @Nullable X509TrustManager manager;
    private @Nullable Path pemFile;

    public Trust(X509Certificate root) {
        this.root = root;
    }

    public SSLContext clientContext(KeyManager... keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {manager()}, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw unavailable(failure);
        }
    }

    public synchronized X509TrustManager manager() {
        if (manager == null) {
            try {
                TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
                factory.init(store());
                manager = (X509TrustManager) factory.getTrustManagers()[0];
            } catch (GeneralSecurityException failure) {
                throw unavailable(failure);
            }
        }
        return manager;
    }

    public KeyStore store() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null);
            store.setCertificateEntry(ALIAS, root);
            return store;
        } catch (GeneralSecurityException | IOException failure) {
            throw unavailable(failure);
        }
    }

    public String pem() {
        return Pem.of(root);
    }

    public synchronized Path pemFile() {
        if (pemFile == null) {
            pemFile = PrivateFiles.create("authority-", ".pem", Pem.of(root).getBytes(StandardCharsets.US_ASCII));
        }
        return pemFile;
    }

    public Path pkcs12File(String passphrase) {
        Passphrases.requireAscii(passphrase);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            store().store(bytes, passphrase.toCharArray());
        } catch (GeneralSecurityException | IOException failure) {
            throw unavailable(failure);
        }
        return PrivateFiles.create("authority-", ".p12", bytes.toByteArray());
    }

    private static IllegalStateException unavailable(Exception failure) {
        return new IllegalStateException("This JVM cannot create a trust store for the certificate", failure);
    }
}
