package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL and curl as clients. */
@Timeout(120)
class InteropTest {

    private final CertificateAuthority authority = CertificateAuthority.shared();

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate has expired",
        "NOT_YET_VALID, certificate is not yet valid",
        "WRONG_HOST, no alternative certificate subject name matches target host name",
        "SELF_SIGNED, self-signed certificate",
        "UNKNOWN_AUTHORITY, self-signed certificate in certificate chain",
        "MISSING_INTERMEDIATE, unable to get local issuer certificate",
        "KEY_MISMATCH, bad signature",
        "CA_AS_LEAF, unsuitable certificate purpose"
    })
    void curlTellsWhatIsWrong(CertificateKind kind, String reason) throws Exception {
        try (PageServer server = new PageServer(authority.issue(kind), null)) {
            assertThat(curl(server, "--cacert", authority.pemFile().toString())).contains(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate has expired",
        "NOT_YET_VALID, certificate is not yet valid",
        "WRONG_HOST, hostname mismatch",
        "SELF_SIGNED, self-signed certificate",
        "UNKNOWN_AUTHORITY, self-signed certificate in certificate chain",
        "MISSING_INTERMEDIATE, unable to get local issuer certificate",
        "KEY_MISMATCH, bad signature",
        "CA_AS_LEAF, unsuitable certificate purpose"
    })
    void opensslTellsWhatIsWrong(CertificateKind kind, String reason) throws Exception {
        try (PageServer server = new PageServer(authority.issue(kind), null)) {
            assertThat(Program.run(
                            "GET / HTTP/1.1\n\n",
                            "openssl",
                            "s_client",
                            "-connect",
                            "127.0.0.1:" + server.port(),
                            "-CAfile",
                            authority.pemFile().toString(),
                            "-verify_hostname",
                            "localhost",
                            "-verify_return_error"))
                    .contains(reason);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048", "ED25519"})
    void curlTrustsEveryTypeOfKey(KeyType type) throws Exception {
        CertificateAuthority own = CertificateAuthority.builder()
                .keyType(type)
                .create()
                .intermediate()
                .keyType(type)
                .create();
        HeldCertificate leaf = own.certificate().keyType(type).issue();
        try (PageServer server = new PageServer(leaf, null)) {
            assertThat(curl(server, "--cacert", own.pemFile().toString())).isEqualTo("ok");
        }
    }

    @Test
    void curlShowsItsCertificate() throws Exception {
        CertificateAuthority clients = CertificateAuthority.create();
        HeldCertificate client =
                clients.intermediate().create().certificate().subject("CN=Ada").issue();
        try (PageServer server = new PageServer(authority.issue(), clients)) {
            assertThat(curl(
                            server,
                            "--cacert",
                            authority.pemFile().toString(),
                            "--cert",
                            client.pemFile().toString()))
                    .isEqualTo("ok");
            assertThat(server.awaitClient()).isEqualTo("CN=Ada");
        }
    }

    @Test
    void opensslFindsNothingToComplainOf() throws Exception {
        CertificateAuthority below = authority.intermediate().create();
        Path chain = below.issue().pemFile();

        assertThat(Program.run(
                        "",
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-check_ss_sig",
                        "-purpose",
                        "sslserver",
                        "-CAfile",
                        authority.pemFile().toString(),
                        "-untrusted",
                        chain.toString(),
                        chain.toString()))
                .isEqualTo(chain + ": OK\n");
    }

    @Test
    void opensslReadsTheTrustAsPkcs12() throws Exception {
        assertThat(Program.run(
                        "",
                        "openssl",
                        "pkcs12",
                        "-in",
                        authority.pkcs12File("comet").toString(),
                        "-passin",
                        "pass:comet",
                        "-nokeys"))
                .contains(authority.pem());
    }

    private static String curl(PageServer server, String... options) throws Exception {
        String[] command = new String[5 + options.length];
        command[0] = "curl";
        command[1] = "-sS";
        command[2] = "--resolve";
        command[3] = "localhost:" + server.port() + ":127.0.0.1";
        command[4] = "https://localhost:" + server.port() + "/";
        System.arraycopy(options, 0, command, 5, options.length);
        return Program.run("", command);
    }
}
