package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.startTlsResumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSessions;
import io.socketharness.tls.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many FTPS servers demand that a data connection resumes the session of the control connection. */
class FtpsTest {

    // tag::ftps[]
    private final TlsSettings tls =
            TlsSettings.builder().sessions(TlsSessions.create()).build();
    private final FakeServer control =
            FakeServer.start(ServerSpec.builder("tcp").tls(tls).build());
    private final FakeServer data =
            FakeServer.start(ServerSpec.builder("tls").tls(tls).build());

    private void serve() {
        control.enqueue(
                Script.resource(FtpsTest.class, "/scripts/ftps.script", Map.of("data", String.valueOf(data.port()))));
        data.enqueue(startTlsResumed(), send("hello"), close());
    }

    @Test
    void resumesTheSessionOnTheDataConnection() throws Exception {
        serve();

        assertThat(retrieve(new ResumingFtpsClient(control.tls().clientContext())))
                .isEqualTo("hello");

        assertThat(data).connection(0).resumedSession();
        data.verify();
    }
    // end::ftps[]

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void resumesWithEachVersion(String protocol) throws Exception {
        serve();
        ResumingFtpsClient client = new ResumingFtpsClient(control.tls().clientContext());
        client.setEnabledProtocols(new String[] {protocol});

        assertThat(retrieve(client)).isEqualTo("hello");

        assertThat(control).connection(0).negotiated(protocol);
        data.verify();
    }

    @Test
    void reportsAClientThatMakesAFullHandshake() throws Exception {
        // tag::default[]
        serve();

        retrieve(new FTPSClient(false, control.tls().clientContext()));

        assertThatThrownBy(data::verify)
                .hasMessageContaining("expected a resumed session, but the client made a full handshake: the client"
                        + " offered no session");
        // end::default[]
    }

    private String retrieve(FTPSClient client) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        client.setUseEPSVwithIPv4(true);
        client.connect(control.host(), control.port());
        assertThat(client.login("ann", "secret")).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.enterLocalPassiveMode();
        assertThat(client.retrieveFile("hello.txt", file)).isTrue();
        assertThat(client.logout()).isTrue();
        return file.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void closeServers() {
        control.close();
        data.close();
    }
}
