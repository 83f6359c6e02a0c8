package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** The image as a container of Testcontainers, for tests whose engine may be on another machine. */
@Timeout(120)
class ContainerServerTest {

    private static final String PAGE = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 5
            S:
            S< hello
            """;

    // tag::start[]
    private static GenericContainer<?> mail(String image) {
        return new GenericContainer<>(image)
                .withCopyFileToContainer(MountableFile.forClasspathResource("mail.script"), "/scripts/mail.script")
                .withCommand("serve", "mail.script", "--port", "2525", "--json")
                .withExposedPorts(2525)
                .waitingFor(Wait.forLogMessage(".*\"event\":\"ready\".*\\n", 1));
    }
    // end::start[]

    // tag::test[]
    @Test
    void reportsThatTheMailboxIsFull() throws Exception {
        try (GenericContainer<?> mail = mail(Docker.image())) {
            mail.start();

            String answers = send(mail.getHost(), mail.getMappedPort(2525), "bob@mail.test");

            assertThat(answers).contains("452 mailbox full");
            assertThat(exitCode(mail)).as("%s", mail.getLogs()).isZero();
            assertThat(mail.getLogs()).contains("\"line\":\"C: RCPT TO:<bob@mail.test>\"");
        }
    }

    /** Stops the server with SIGTERM. Its exit code is 1 if a client did not do what the script expects. */
    private static long exitCode(GenericContainer<?> server) {
        server.getDockerClient().stopContainerCmd(server.getContainerId()).exec();
        return server.getCurrentContainerInfo().getState().getExitCodeLong();
    }
    // end::test[]

    @Test
    void trustsTheAuthorityOfTheServer(@TempDir Path directory) throws Exception {
        Program.require("curl");
        // tag::tls[]
        try (GenericContainer<?> web = new GenericContainer<>(Docker.image())
                .withCopyToContainer(Transferable.of(PAGE), "/scripts/page.script")
                .withCommand("serve", "page.script", "--transport", "tls", "--port", "8443", "--ca-file", "/tmp/ca.pem")
                .withExposedPorts(8443)
                .waitingFor(Wait.forLogMessage("ready .*\\n", 1))) {
            web.start();
            Path authority = directory.resolve("ca.pem");
            web.copyFileFromContainer("/tmp/ca.pem", authority.toString());
            // end::tls[]
            String page = "https://localhost:" + web.getMappedPort(8443) + "/";

            assertThat(Program.run("", "curl", "-sS", "--cacert", authority.toString(), page))
                    .isEqualTo("hello");
        }
    }

    /** Such as a probe of a port. */
    @Test
    void aConnectionWithoutDataIsNoFailure() throws Exception {
        try (GenericContainer<?> mail = mail(Docker.image())) {
            mail.start();
            try (Socket probe = new Socket(mail.getHost(), mail.getMappedPort(2525))) {
                assertThat(probe.getInputStream().read()).isEqualTo('2');
            }
            WaitingConsumer log = new WaitingConsumer();
            mail.followOutput(log);
            log.waitUntil(line -> line.getUtf8String().contains("\"event\":\"failed\""), 30, TimeUnit.SECONDS);

            assertThat(exitCode(mail)).isZero();
            assertThat(mail.getLogs(OutputType.STDOUT))
                    .contains("opened by ")
                    .endsWith("{\"event\":\"ended\",\"connections\":1,\"failures\":0,\"exitCode\":0}\n");
        }
    }

    @Test
    void theExitCodeIsTheVerdict() throws Exception {
        try (GenericContainer<?> mail = mail(Docker.image())) {
            mail.start();

            assertThat(send(mail.getHost(), mail.getMappedPort(2525), "bob"))
                    .endsWith("452 mailbox full\r\n221 bye\r\n");
            assertThat(ask(mail.getHost(), mail.getMappedPort(2525), "HELP\r\n"))
                    .isEqualTo("220 mail.test ESMTP\r\n");

            assertThat(exitCode(mail)).isOne();
            assertThat(mail.getLogs(OutputType.STDOUT))
                    .contains("\"event\":\"failure\"")
                    .endsWith("{\"event\":\"ended\",\"connections\":2,\"failures\":1,\"exitCode\":1}\n");
        }
    }

    /** The client under test, which returns the answers. */
    private static String send(String host, int port, String recipient) throws Exception {
        return ask(host, port, "EHLO app.test\r\nMAIL FROM:<ann@app.test>\r\nRCPT TO:<" + recipient + ">\r\nQUIT\r\n");
    }

    private static String ask(String host, int port, String commands) throws Exception {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
