package io.socketharness.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes certificates with the profile of RFC 5280. Uses only one jar of Bouncy Castle, because the JVM checks the
 * signature of each that it opens, and signs with the JDK.
 */
public final class CertificateWriter {

    private static final int SERIAL_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateWriter() {}

    /**
     * Signs a certificate.
     *
     * @param issuer null for a self-signed one
     */
    public static X509Certificate write(
            CertificateTemplate template, @Nullable X509Certificate issuer, PrivateKey issuersKey) {
        SignatureScheme scheme = SignatureScheme.of(issuersKey);
        try {
            V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
            content.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, RANDOM).setBit(0)));
            content.setSignature(scheme.identifier());
            content.setIssuer(name(issuer == null ? template.subject() : issuer.getSubjectX500Principal()));
            content.setStartDate(new Time(Date.from(template.period().from())));
            content.setEndDate(new Time(Date.from(template.period().until())));
            content.setSubject(name(template.subject()));
            content.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(template.key().getEncoded()));
            content.setExtensions(extensions(template, issuer));
            TBSCertificate certificate = content.generateTBSCertificate();
            byte[] signature = scheme.sign(issuersKey, certificate.getEncoded(ASN1Encoding.DER));
            byte[] encoded = new Certificate(certificate, scheme.identifier(), new DERBitString(signature))
                    .getEncoded(ASN1Encoding.DER);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("No certificate could be made for " + template.subject(), failure);
        }
    }

    private static X500Name name(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }

    private static Extensions extensions(CertificateTemplate template, @Nullable X509Certificate issuer)
            throws IOException, GeneralSecurityException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        addUses(extensions, template);
        addHosts(extensions, template.hosts());
        addIdentifiers(extensions, template.key(), issuer);
        return extensions.generate();
    }

    private static void addUses(ExtensionsGenerator extensions, CertificateTemplate template) throws IOException {
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(template.authority()));
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage(template)));
        if (!template.authority()) {
            extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
        }
    }

    private static int keyUsage(CertificateTemplate template) {
        if (template.authority()) {
            return KeyUsage.keyCertSign | KeyUsage.cRLSign;
        }
        boolean rsa = template.key().getAlgorithm().equals("RSA");
        return rsa ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
    }

    private static void addHosts(ExtensionsGenerator extensions, List<HostName> hosts) throws IOException {
        if (!hosts.isEmpty()) {
            GeneralName[] names =
                    hosts.stream().map(CertificateWriter::generalName).toArray(GeneralName[]::new);
            extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
    }

    private static GeneralName generalName(HostName host) {
        return host.address()
                .map(address -> new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())))
                .orElseGet(() -> new GeneralName(GeneralName.dNSName, host.text()));
    }

    private static void addIdentifiers(ExtensionsGenerator extensions, PublicKey key, @Nullable X509Certificate issuer)
            throws IOException, GeneralSecurityException {
        byte[] subject = keyIdentifier(key);
        extensions.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(subject));
        extensions.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(issuer == null ? subject : keyIdentifier(issuer)));
    }

    /** The identifier in the certificate, because a user's authority may compute it in another way. */
    private static byte[] keyIdentifier(X509Certificate certificate) throws GeneralSecurityException {
        byte @Nullable [] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (extension == null) {
            return keyIdentifier(certificate.getPublicKey());
        }
        return SubjectKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getKeyIdentifier();
    }

    /** The first method of RFC 5280, 4.2.1.2. */
    private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        return MessageDigest.getInstance("SHA-1").digest(info.getPublicKeyData().getBytes());
    }
}
