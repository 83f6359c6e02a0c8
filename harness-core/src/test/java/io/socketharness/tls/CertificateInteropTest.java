package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.internal.tls.Pem;
import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL, curl and PHP as clients, and as readers and writers of the files. */
@Timeout(120)
class CertificateInteropTest {

    private final CertificateAuthority authority = CertificateAuthority.shared();

    @TempDir
    private Path directory;

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
    void curlReportsTheError(CertificateKind kind, String reason) throws Exception {
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
    void opensslReportsTheError(CertificateKind kind, String reason) throws Exception {
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
        Path chain = below.issue().savePem(directory.resolve("chain.pem"));

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

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048", "ED25519"})
    void opensslOpensEncryptedKeys(KeyType type) throws Exception {
        HeldCertificate held = authority.certificate().keyType(type).issue();
        Path pem = held.savePem(directory.resolve("server.pem"), "Käse ☄");
        Path pkcs12 = held.savePkcs12(directory.resolve("server.p12"), "comet");

        assertThat(Program.run("", "openssl", "pkey", "-in", pem.toString(), "-passin", "pass:Käse ☄"))
                .isEqualTo(
                        Program.run("", "openssl", "pkey", "-in", held.pemFile().toString()))
                .startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(HeldCertificate.parsePem(Program.run(
                                "", "openssl", "pkcs12", "-in", pkcs12.toString(), "-passin", "pass:comet", "-noenc"))
                        .privateKey())
                .isEqualTo(held.privateKey());
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256",
                "pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA384",
                "pkcs8 -topk8 -v2 des3",
                "pkcs8 -topk8 -v1 PBE-SHA1-3DES",
                "pkcs8 -topk8 -scrypt",
                "ec -aes256",
                "ec -des3"
            })
    void keysThatOpensslEncryptsAreRead(String how) throws Exception {
        HeldCertificate held = authority.issue();
        String file = held.pemFile().toString();
        String key = Program.run("", ("openssl " + how + " -in " + file + " -passout pass:comet").split(" "));

        assertThat(Keys.number(HeldCertificate.parsePem(key + Pem.of(held.certificate()), "comet")))
                .isEqualTo(Keys.number(held));
    }

    @Test
    void phpReadsAnEncryptedPemAndServesIt() throws Exception {
        Path pem = authority.intermediate().create().issue().savePem(directory.resolve("server.pem"), "comet");

        assertThat(php("""
                $context = stream_context_create(['ssl' => [
                  'local_cert' => '%s', 'passphrase' => 'comet', 'cafile' => '%s', 'peer_name' => 'localhost']]);
                $server = stream_socket_server('tcp://127.0.0.1:0', $no, $text, STREAM_SERVER_BIND|STREAM_SERVER_LISTEN,
                  $context);
                $pid = pcntl_fork();
                if ($pid == 0) {
                  $one = stream_socket_accept($server, 5);
                  stream_socket_enable_crypto($one, true, STREAM_CRYPTO_METHOD_TLS_SERVER);
                  fwrite($one, 'hello');
                  exit(0);
                }
                $client = stream_socket_client('tls://'.stream_socket_get_name($server, false), $no, $text, 5,
                  STREAM_CLIENT_CONNECT, $context);
                echo stream_get_contents($client);
                pcntl_waitpid($pid, $status);
                """.formatted(pem, authority.pemFile()))).isEqualTo("hello");
    }

    @Test
    void phpMakesACertificateOnTheSpot() throws Exception {
        Path pem = directory.resolve("server.pem");
        String printed = php("""
                $dn = ['countryName' => 'GB', 'stateOrProvinceName' => 'Somerset', 'localityName' => 'Glastonbury',
                  'organizationName' => 'The Brain Room Limited', 'organizationalUnitName' => 'PHP Documentation Team',
                  'commonName' => 'Wez Furlong', 'emailAddress' => 'wez@example.com'];
                $key = openssl_pkey_new();
                $cert = openssl_csr_sign(openssl_csr_new($dn, $key), null, $key, 365);
                openssl_x509_export($cert, $pem[0]);
                openssl_pkey_export($key, $pem[1], 'comet');
                file_put_contents('%s', implode($pem));
                """.formatted(pem));

        assertThat(printed).isEmpty();
        assertThat(Files.readString(pem)).contains("BEGIN ENCRYPTED PRIVATE KEY");
        assertThat(HeldCertificate.readPem(pem, "comet").certificate().getSubjectX500Principal())
                .hasToString("EMAILADDRESS=wez@example.com, CN=Wez Furlong, OU=PHP Documentation Team, O=The Brain Room"
                        + " Limited, L=Glastonbury, ST=Somerset, C=GB");
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

    private static String php(String code) throws Exception {
        return Program.run("", "php", "-r", code);
    }
}
