package io.socketharness.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** The blocks between the BEGIN and END lines of a PEM text. */
final class PemBlocks {

    /** The second is the old name of the first; the third is OpenSSL's, followed by trust settings. */
    private static final Set<String> CERTIFICATES = Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

    private final String source;
    private final List<PemObject> blocks;

    private PemBlocks(String source, List<PemObject> blocks) {
        this.source = source;
        this.blocks = blocks;
    }

    static PemBlocks parse(PemSource source) {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(source.text()))) {
            PemObject block = reader.readPemObject();
            while (block != null) {
                blocks.add(block);
                block = reader.readPemObject();
            }
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalArgumentException(
                    source.name() + ": block " + (blocks.size() + 1)
                            + " is not PEM; expected base64 between a BEGIN and an END line of one type (RFC 7468)",
                    damaged);
        }
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(source.name()
                    + " is not PEM: no line in it begins with -----BEGIN; expected a certificate or a"
                    + " private key (RFC 7468)");
        }
        return new PemBlocks(source.name(), blocks);
    }

    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            PemObject block = blocks.get(i);
            if (CERTIFICATES.contains(block.getType())) {
                certificates.add(certificate(block, i + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(source + " contains no certificate: found " + found()
                    + "; expected CERTIFICATE, the server's own first");
        }
        return certificates;
    }

    PrivateKey privateKey(@Nullable String passphrase) {
        List<PemObject> keys = blocks.stream()
                .filter(block -> block.getType().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    source + " contains no private key: found " + found() + "; expected one of " + PemKey.TYPES);
        }
        if (keys.size() > 1) {
            throw new IllegalArgumentException(
                    source + " contains " + keys.size() + " private keys: found " + found() + "; expected one");
        }
        return new PemKey(source, keys.get(0)).open(passphrase);
    }

    private X509Certificate certificate(PemObject block, int number) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getContent()));
        } catch (CertificateException damaged) {
            throw new IllegalArgumentException(
                    source + ": block " + number + " is named " + block.getType()
                            + " and contains no X.509 certificate (RFC 5280)",
                    damaged);
        }
    }

    private String found() {
        return blocks.stream().map(PemObject::getType).collect(Collectors.joining(", "));
    }
}
