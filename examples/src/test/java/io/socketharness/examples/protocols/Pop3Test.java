package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.BufferedReader;
import java.io.Reader;
import org.apache.commons.net.pop3.POP3Client;
import org.junit.jupiter.api.Test;

/** POP3: Commons Net and curl. */
@SocketServer(scriptResource = "/scripts/pop3.script")
class Pop3Test {

    @Test
    void commonsNetReadsALetter(FakeServer mail) throws Exception {
        POP3Client client = new POP3Client();
        client.connect(mail.host(), mail.port());

        assertThat(client.login("bob", "secret")).isTrue();
        assertThat(client.status()).extracting(status -> status.number).isEqualTo(1);
        try (Reader letter = client.retrieveMessage(1);
                BufferedReader lines = new BufferedReader(letter)) {
            assertThat(lines.lines()).containsExactly("Subject: hello", "", "Dear bob,");
        }
        assertThat(client.logout()).isTrue();
        client.disconnect();

        assertThat(mail).connection(0).receivedLines("USER bob", "PASS secret", "STAT", "RETR 1", "QUIT");
    }

    @Test
    void commonsNetIsNotLetInWithAnotherPassword(FakeServer mail) throws Exception {
        POP3Client client = new POP3Client();
        client.connect(mail.host(), mail.port());

        assertThat(client.login("bob", "geheim")).isFalse();
        assertThat(client.getReplyString()).contains("-ERR wrong password");
        client.disconnect();
    }

    @Test
    void curlReadsALetter(FakeServer mail) throws Exception {
        assertThat(Curl.run("pop3://" + mail.host() + ":" + mail.port() + "/1", "--user", "bob:secret"))
                .isEqualTo("Subject: hello\r\n\r\nDear bob,\r\n");
    }

    @Test
    void curlIsNotLetInWithAnotherPassword(FakeServer mail) throws Exception {
        assertThat(Curl.run("pop3://" + mail.host() + ":" + mail.port() + "/1", "--user", "bob:geheim"))
                .contains("Access denied");
    }
}
