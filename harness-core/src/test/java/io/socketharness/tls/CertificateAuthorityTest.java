package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the certificates, and the forms in which trust is handed out. */
class CertificateAuthorityTest {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    private final CertificateAuthority authority = CertificateAuthority.shared();

    @Test
    void isTheSameForTheWholeJvm() {
        assertThat(CertificateAuthority.shared()).isSameAs(authority);
    }

    @Test
    void leavesSayWhatTheyAreFor() throws Exception {
        X509Certificate leaf =
                authority.issue("mail.test", "127.0.0.1", "[::1]").certificate();

        assertThat(hosts(leaf)).containsExactly("2 mail.test", "7 127.0.0.1", "7 0:0:0:0:0:0:0:1");
        assertThat(leaf.getSubjectX500Principal()).hasToString("CN=mail.test");
        assertThat(leaf.getIssuerX500Principal()).isEqualTo(authority.root().getSubjectX500Principal());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(usages(leaf)).containsExactly(DIGITAL_SIGNATURE);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly(SERVER_AUTH, CLIENT_AUTH);
        assertThat(leaf.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(leaf.getPublicKey().getAlgorithm()).isEqualTo("EC");
        leaf.verify(authority.root().getPublicKey());
    }

    @Test
    void leavesAreForThisMachineUnlessSaid() throws Exception {
        List<String> thisMachine = List.of(
                "2 localhost",
                "7 127.0.0.1",
                "7 0:0:0:0:0:0:0:1",
                "2 host.docker.internal",
                "2 host.testcontainers.internal");

        assertThat(hosts(authority.issue().certificate())).isEqualTo(thisMachine);
        assertThat(hosts(authority.certificate().hosts().issue().certificate())).isEqualTo(thisMachine);
    }

    @Test
    void hostsAreAddedToThoseOfThisMachine() throws Exception {
        assertThat(hosts(authority
                        .certificate()
                        .addHosts("mail.test", "localhost", "[::1]", "10.0.0.1")
                        .issue()
                        .certificate()))
                .endsWith("2 host.testcontainers.internal", "2 mail.test", "7 10.0.0.1")
                .hasSize(7);
    }

    @Test
    void namesMayBeWildcardsAndInUnicode() throws Exception {
        X509Certificate leaf =
                authority.issue("*.mail.test", "bücher.test", "a_b.test.").certificate();

        assertThat(hosts(leaf)).containsExactly("2 *.mail.test", "2 xn--bcher-kva.test", "2 a_b.test");
    }

    @Test
    void aZoneIsNotPartOfTheAddress() throws Exception {
        assertThat(hosts(authority.issue("fe80::1%eth0").certificate())).containsExactly("7 fe80:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "two words", "a..b", "256.0.0.1", "1.2.3.99999999999", "::g", "a:b", "mail.test:25", "*"})
    void refusesInvalidHosts(String host) {
        assertThatThrownBy(() -> authority.issue(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + host + "\" is not a host for a certificate; expected a DNS name such as mail.test or"
                        + " *.mail.test, or an address such as 127.0.0.1 or ::1");
    }

    @Test
    void aHostThatIsTooLongForACommonNameStaysAHost() throws Exception {
        String host = "a".repeat(60) + ".mail.test";
        X509Certificate leaf = authority.issue(host).certificate();

        assertThat(leaf.getSubjectX500Principal()).hasToString("CN=socket-harness");
        assertThat(hosts(leaf)).containsExactly("2 " + host);
    }

    @Test
    void leavesHoldForAYear() {
        Instant now = Instant.now();
        X509Certificate leaf = authority.issue().certificate();

        assertThat(leaf.getNotBefore().toInstant())
                .isCloseTo(now.minus(1, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        assertThat(leaf.getNotAfter().toInstant())
                .isCloseTo(now.plus(365, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void validityIsSetByItsEndsOrItsLength() {
        Instant from = Instant.parse("2026-01-02T03:04:05.678Z");
        X509Certificate decades = authority
                .certificate()
                .from(from)
                .until(Instant.parse("2060-01-01T00:00:00Z"))
                .issue()
                .certificate();
        X509Certificate days = authority
                .certificate()
                .validFor(Duration.ofDays(365))
                .from(from)
                .issue()
                .certificate();
        X509Certificate soon =
                authority.certificate().validFor(Duration.ofMinutes(5)).issue().certificate();

        assertThat(decades.getNotBefore()).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(decades.getNotAfter()).isEqualTo("2060-01-01T00:00:00.000Z");
        assertThat(days.getNotAfter()).isEqualTo("2027-01-02T03:04:05.000Z");
        assertThat(soon.getNotAfter().toInstant())
                .isCloseTo(Instant.now().plus(5, ChronoUnit.MINUTES), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void aValidityThatEndsBeforeItBeginsIsRefused() {
        CertificateBuilder builder = authority
                .certificate()
                .from(Instant.parse("2026-01-02T00:00:00Z"))
                .until(Instant.parse("2026-01-01T00:00:00Z"));

        assertThatThrownBy(builder::issue)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A certificate cannot be valid from 2026-01-02T00:00:00Z until 2026-01-01T00:00:00Z,"
                        + " which is earlier");
        assertThatThrownBy(() -> builder.validFor(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A certificate cannot be valid for PT0S; expected more than 0");
    }

    @Test
    void theSubjectIsAWholeDistinguishedName() {
        X509Certificate leaf = authority
                .certificate()
                .subject("CN=Wez Furlong, OU=PHP \\, Documentation, O=The Brain Room, L=Glastonbury, ST=Somerset, C=GB,"
                        + " emailAddress=wez@example.test")
                .issue()
                .certificate();

        assertThat(leaf.getSubjectX500Principal())
                .hasToString("CN=Wez Furlong, OU=\"PHP , Documentation\", O=The Brain Room, L=Glastonbury, ST=Somerset,"
                        + " C=GB, EMAILADDRESS=wez@example.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "NOPE=x"})
    void refusesInvalidDistinguishedNames(String name) {
        String message = "\"" + name + "\" is not a distinguished name (RFC 4514); expected one such as CN=localhost,"
                + " O=Example, C=DE, emailAddress=admin@example.test";

        assertThatThrownBy(() -> authority.certificate().subject(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> CertificateAuthority.builder().subject(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void keysOfRsaMayEncipherAKeyToo() {
        X509Certificate leaf =
                authority.certificate().keyType(KeyType.RSA_2048).issue().certificate();

        assertThat(usages(leaf)).containsExactly(DIGITAL_SIGNATURE, KEY_ENCIPHERMENT);
    }

    @Test
    void serialNumbersAndKeysAreRandom() {
        Set<Object> serials = new HashSet<>();
        Set<Object> keys = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            X509Certificate leaf = authority.issue().certificate();
            serials.add(leaf.getSerialNumber());
            keys.add(leaf.getPublicKey());
            assertThat(leaf.getSerialNumber()).isPositive();
            assertThat(leaf.getSerialNumber().bitLength()).isLessThanOrEqualTo(128);
        }
        assertThat(serials).hasSize(50);
        assertThat(keys).hasSize(50);
    }

    @Test
    void rootsSignOthersAndNothingElse() throws Exception {
        X509Certificate root = authority.root();

        assertThat(root.getSubjectX500Principal()).isEqualTo(root.getIssuerX500Principal());
        assertThat(root.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(usages(root)).containsExactly(KEY_CERT_SIGN, CRL_SIGN);
        assertThat(root.getExtendedKeyUsage()).isNull();
        assertThat(root.getNotAfter().toInstant()).isAfter(Instant.now().plus(3600, ChronoUnit.DAYS));
        root.verify(root.getPublicKey());
    }

    @Test
    void eachAuthorityHasANameOfItsOwn() {
        assertThat(CertificateAuthority.create().root().getSubjectX500Principal())
                .isNotEqualTo(CertificateAuthority.create().root().getSubjectX500Principal());
        assertThat(authority.toString()).matches("CertificateAuthority\\[CN=socket-harness authority [0-9a-f]{8}]");
    }

    @Test
    void authoritiesAreBuiltToOrder() {
        X509Certificate root = CertificateAuthority.builder()
                .subject("CN=Example Root, C=DE")
                .from(Instant.parse("2026-01-01T00:00:00Z"))
                .until(Instant.parse("2027-01-01T00:00:00Z"))
                .keyType(KeyType.EC_P384)
                .create()
                .root();
        X509Certificate brief = CertificateAuthority.builder()
                .validFor(Duration.ofHours(1))
                .create()
                .root();

        assertThat(root.getSubjectX500Principal()).hasToString("CN=Example Root, C=DE");
        assertThat(root.getNotBefore()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(root.getNotAfter()).isEqualTo("2027-01-01T00:00:00.000Z");
        assertThat(root.getSigAlgName()).isEqualTo("SHA384withECDSA");
        assertThat(brief.getNotAfter().toInstant()).isBefore(Instant.now().plus(2, ChronoUnit.HOURS));
    }

    @Test
    void chainsHoldTheIntermediatesAndNotTheRoot() {
        CertificateAuthority upper = authority.intermediate().create();
        CertificateAuthority lower = upper.intermediate().subject("CN=Lower").create();
        HeldCertificate leaf = lower.issue();

        assertThat(lower.chain())
                .containsExactly(lower.chain().get(0), upper.chain().get(0), authority.root());
        assertThat(lower.root()).isEqualTo(authority.root());
        assertThat(leaf.chain())
                .containsExactly(
                        leaf.certificate(), lower.chain().get(0), upper.chain().get(0));
        assertThat(leaf).hasToString("HeldCertificate[CN=localhost, issued by CN=Lower]");
        assertThat(authority.issue().chain()).hasSize(1);
    }

    @Test
    void anAuthorityOfTheUsersOwnSignsToo(@TempDir Path directory) throws Exception {
        HeldCertificate own = authority.issue(CertificateKind.CA_AS_LEAF);
        HeldCertificate read = HeldCertificate.readPem(own.savePem(directory.resolve("ca.pem")));
        CertificateAuthority again = CertificateAuthority.of(read);

        HeldCertificate leaf = again.issue();

        assertThat(again.root()).isEqualTo(own.certificate());
        assertThat(leaf.chain()).containsExactly(leaf.certificate());
        leaf.certificate().verify(own.certificate().getPublicKey());
        HeldCertificate plain = authority.certificate().subject("CN=plain").issue();
        assertThatThrownBy(() -> CertificateAuthority.of(plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HeldCertificate[CN=plain, issued by "
                        + authority.root().getSubjectX500Principal()
                        + "] is not an authority: its basic constraints lack CA:TRUE");
    }

    @Test
    void trustIsHandedOutInEveryForm() throws Exception {
        X509Certificate root = authority.root();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(authority.pkcs12File("changeit"))) {
            loaded.load(in, "changeit".toCharArray());
        }

        assertThat(authority.trustManager().getAcceptedIssuers()).containsExactly(root);
        assertThat(authority.trustStore().getCertificate("socket-harness")).isEqualTo(root);
        assertThat(loaded.getCertificate("socket-harness")).isEqualTo(root);
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(root);
        assertThat(authority.pemFile()).hasContent(authority.pem()).isEqualTo(authority.pemFile());
        assertThat(authority.clientContext()).isNotSameAs(authority.clientContext());
    }

    @Test
    void noProviderIsRegistered() {
        authority.issue();

        assertThat(Security.getProviders())
                .noneMatch(provider -> provider.getClass().getName().startsWith("org.bouncycastle"));
    }

    private static List<String> hosts(X509Certificate certificate) throws Exception {
        List<String> hosts = new ArrayList<>();
        for (List<?> name : certificate.getSubjectAlternativeNames()) {
            hosts.add(name.get(0) + " " + name.get(1));
        }
        return hosts;
    }

    private static List<Integer> usages(X509Certificate certificate) {
        boolean[] usages = certificate.getKeyUsage();
        List<Integer> set = new ArrayList<>();
        for (int i = 0; i < usages.length; i++) {
            if (usages[i]) {
                set.add(i);
            }
        }
        return set;
    }
}
