package io.socketharness.examples.unix;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.Transport;
import org.junit.jupiter.api.Test;

/** Clients of Docker speak HTTP over a Unix socket: a scripted engine answers the command line and a client in Java. */
// tag::docker[]
@SocketServer(transport = "unix", umask = "0177", scriptResource = "docker.script")
class DockerEngineTest {

    @Test
    void answersTheCommandLine(FakeServer engine) throws Exception {
        assertThat(Program.run(
                        "",
                        "docker",
                        "--host",
                        "unix://" + engine.path(),
                        "version",
                        "--format",
                        "{{.Server.Version}}"))
                .isEqualTo("99.1\n");

        assertThat(engine).connection(0).receivedContaining("User-Agent: Docker-Client/");
    }

    @Test
    void answersAClientInJava(FakeServer engine) throws Exception {
        try (HttpClient client = new HttpClient()) {
            client.start();

            assertThat(client.newRequest("http://docker/version")
                            .transport(new Transport.TCPUnix(engine.path()))
                            .send()
                            .getContentAsString())
                    .contains("\"Version\":\"99.1\"");
        }

        assertThat(engine).connection(0).hasClientUser(System.getProperty("user.name"));
    }
}
// end::docker[]
