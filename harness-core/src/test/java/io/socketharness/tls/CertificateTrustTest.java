package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's client against the certificates, right and wrong. */
@Timeout(60)
class CertificateTrustTest {

    private final CertificateAuthority authority = CertificateAuthority.shared();

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "::1", "host.docker.internal", "host.testcontainers.internal"})
    void trustsTheDefaultHosts(String host) throws Exception {
        try (PageServer server = new PageServer(authority.issue(), null)) {
            assertThat(Page.get(server, authority.clientContext(), host, "TLSv1.3"))
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyType.class,
            names = {"RSA_3072", "RSA_4096"},
            mode = EnumSource.Mode.EXCLUDE)
    void trustsEveryTypeOfKey(KeyType type) throws Exception {
        CertificateAuthority own = CertificateAuthority.builder().keyType(type).create();
        HeldCertificate leaf = own.certificate().keyType(type).issue();
        try (PageServer server = new PageServer(leaf, null)) {
            assertThat(Page.get(server, own.clientContext(), "localhost", "TLSv1.3"))
                    .isEqualTo("ok");
            assertThat(Page.get(server, own.clientContext(), "localhost", "TLSv1.2"))
                    .isEqualTo("ok");
        }
    }

    @Test
    void trustsALeafOfAnotherTypeThanItsAuthority() throws Exception {
        HeldCertificate leaf = authority.certificate().keyType(KeyType.RSA_2048).issue();
        try (PageServer server = new PageServer(leaf, null)) {
            assertThat(Page.get(server, authority.clientContext(), "localhost", "TLSv1.2"))
                    .isEqualTo("ok");
        }
    }

    @Test
    void trustsTwoIntermediates() throws Exception {
        CertificateAuthority below =
                authority.intermediate().create().intermediate().create();
        try (PageServer server = new PageServer(below.issue(), null)) {
            assertThat(Page.get(server, authority.clientContext())).isEqualTo("ok");
            assertThat(Page.get(server, below.clientContext())).isEqualTo("ok");
        }
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        assertRefused(CertificateKind.EXPIRED, CertificateExpiredException.class);
    }

    @Test
    void refusesACertificateOfTomorrow() throws Exception {
        assertRefused(CertificateKind.NOT_YET_VALID, CertificateNotYetValidException.class);
    }

    @Test
    void refusesAnotherHost() throws Exception {
        assertRefused(CertificateKind.WRONG_HOST, CertificateException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SELF_SIGNED", "UNKNOWN_AUTHORITY", "MISSING_INTERMEDIATE"})
    void refusesAChainThatDoesNotReachTheRoot(CertificateKind kind) throws Exception {
        assertRefused(kind, CertPathBuilderException.class);
    }

    @Test
    void refusesAnAuthorityAsAServer() throws Exception {
        assertRefused(CertificateKind.CA_AS_LEAF, CertificateException.class);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void refusesAKeyThatIsNotTheCertificates(String protocol) throws Exception {
        try (PageServer server = new PageServer(authority.issue(CertificateKind.KEY_MISMATCH), null)) {
            assertThatThrownBy(() -> Page.get(server, authority.clientContext(), "localhost", protocol))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasNoCause();
        }
    }

    @Test
    void acceptsTheKindThatIsValid() throws Exception {
        try (PageServer server = new PageServer(authority.issue(CertificateKind.VALID), null)) {
            assertThat(Page.get(server, authority.clientContext())).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @EnumSource(value = CertificateKind.class)
    void wrongKindsComeForEveryAuthorityAndKey(CertificateKind kind) throws Exception {
        CertificateAuthority below = authority.intermediate().create();
        HeldCertificate leaf = below.certificate().keyType(KeyType.ED25519).issue(kind);
        try (PageServer server = new PageServer(leaf, null)) {
            if (kind == CertificateKind.VALID) {
                assertThat(Page.get(server, below.clientContext())).isEqualTo("ok");
            } else {
                assertThatThrownBy(() -> Page.get(server, below.clientContext()))
                        .isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void clientsShowTheirCertificate() throws Exception {
        CertificateAuthority clients = CertificateAuthority.create();
        HeldCertificate client =
                clients.certificate().subject("CN=Ada, O=Engines").issue();
        try (PageServer server = new PageServer(authority.issue(), clients)) {
            SSLContext context = authority.clientContext(client);
            assertThat(Page.get(server, context)).isEqualTo("ok");
            assertThat(server.awaitClient()).isEqualTo("CN=Ada,O=Engines");
        }
    }

    @Test
    void clientsWithoutACertificateAreRefused() throws Exception {
        try (PageServer server = new PageServer(authority.issue(), CertificateAuthority.create())) {
            assertThatThrownBy(() -> Page.get(server, authority.clientContext()))
                    .isInstanceOf(IOException.class);
        }
    }

    private void assertRefused(CertificateKind kind, Class<? extends Throwable> reason) throws Exception {
        try (PageServer server = new PageServer(authority.issue(kind), null)) {
            assertThatThrownBy(() -> Page.get(server, authority.clientContext()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasRootCauseInstanceOf(reason);
        }
    }
}
