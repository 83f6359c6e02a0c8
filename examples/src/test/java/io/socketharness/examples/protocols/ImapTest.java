package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** IMAP: Angus Mail and curl. */
@SocketServer(scriptResource = "/scripts/imap.script")
class ImapTest {

    @Test
    void angusMailCountsTheLetters(FakeServer mail) throws Exception {
        Store store = store();
        store.connect(mail.host(), mail.port(), "bob", "secret");
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);

        assertThat(inbox.getMessageCount()).isEqualTo(1);

        inbox.close();
        store.close();
        assertThat(mail).connection(0).receivedContaining(" LOGIN bob secret\r\n");
    }

    @Test
    void angusMailTellsWhyItIsNotLetIn(@SocketServer(script = """
            S: * OK ready
            C~ (?<tag>\\S+) CAPABILITY
            S: * CAPABILITY IMAP4rev1
            S: ${tag} OK
            C~ (?<tag>\\S+) LOGIN .*
            S: ${tag} NO [AUTHENTICATIONFAILED] not today
            @discard
            """) FakeServer mail) {
        assertThatThrownBy(() -> store().connect(mail.host(), mail.port(), "bob", "secret"))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("not today");
    }

    @Test
    void curlReadsALetter(FakeServer mail) throws Exception {
        assertThat(Curl.run("imap://" + mail.host() + ":" + mail.port() + "/INBOX;MAILINDEX=1", "--user", "bob:secret"))
                .isEqualTo("Subject: hello\r\n\r\nDear Bob,\r\n\r\n");
    }

    private static Store store() throws Exception {
        return Session.getInstance(new Properties()).getStore("imap");
    }
}
