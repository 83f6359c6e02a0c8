package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/** The image of the Dockerfile, on a base that is made of this machine. */
@Timeout(120)
class ImageTest {

    private static final String PING = "C: PING\nS: PONG\n@close\n";

    private static final WaitStrategy READY = Wait.forLogMessage("ready .*\\n", 1);

    @TempDir
    private Path scripts;

    @BeforeEach
    void writeScript() throws Exception {
        // for the user of the image
        Files.setPosixFilePermissions(scripts, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(scripts.resolve("ping.script"), PING);
    }

    @Test
    void runsWithoutRootOnAReadOnlyFileSystem() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--port", "6379")) {
            container.withExposedPorts(6379).waitingFor(Wait.forHealthcheck()).start();

            assertThat(exec(container, "id -u")).isEqualTo("10001\n");
            assertThat(exec(container, "touch /scripts/file 2>&1")).contains("Read-only file system");
            assertThat(exec(container, "netstat -ltn")).contains(" 0.0.0.0:6379 ");
            assertThat(exec(container, "cat /tmp/socket-harness.ready")).isEqualTo("ready tcp://127.0.0.1:6379\n");
            assertThat(ask(container, "PING\r\n")).isEqualTo("PONG\r\n");
        }
    }

    @Test
    void endsInOrderWithSuccess() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--port", "6379")) {
            container.withExposedPorts(6379).waitingFor(READY).start();
            ask(container, "PING\r\n");

            assertThat(stop(container)).isZero();
            // the engine reads the two streams independently
            assertThat(container.getLogs(OutputType.STDERR)).isEqualTo("socket-harness: 1 connection, no failures\n");
        }
    }

    @Test
    void endsInOrderWithTheFailure() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--port", "6379")) {
            container.withExposedPorts(6379).waitingFor(READY).start();
            ask(container, "PANG\r\n");

            assertThat(stop(container)).isOne();
            assertThat(container.getLogs())
                    .contains("socket-harness: FAILED tcp://0.0.0.0:6379, connection 0: step 1 of 3 failed")
                    .contains("socket-harness: 1 connection, 1 failure\n");
        }
    }

    /** A probe with a connection is a client, which is why the health check is a file. */
    @Test
    void theHealthCheckIsNoClient() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--port", "6379")) {
            container.waitingFor(Wait.forHealthcheck()).start();

            assertThat(stop(container)).isZero();
            assertThat(container.getLogs(OutputType.STDOUT)).isEqualTo("ready tcp://127.0.0.1:6379\n");
            assertThat(container.getLogs(OutputType.STDERR)).isEqualTo("socket-harness: 0 connections, no failures\n");
        }
    }

    @Test
    void isBoundToTheHostThatIsGiven() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--port", "6379", "--host", "127.0.0.1")) {
            container.waitingFor(READY).start();

            assertThat(exec(container, "netstat -ltn")).contains(" 127.0.0.1:6379 ");
        }
    }

    @Test
    void servesTheServersOfAFile() throws Exception {
        Files.writeString(scripts.resolve("servers.yaml"), """
                servers:
                  cache:
                    port: 6379
                    script: ping.script
                  local:
                    transport: unix
                """);
        try (GenericContainer<?> container = serve("servers.yaml")) {
            container.waitingFor(Wait.forLogMessage("ready .* local\\n", 1)).start();

            assertThat(container.getLogs())
                    .startsWith("ready tcp://127.0.0.1:6379 cache\nready unix:///tmp/")
                    .endsWith("/socket local\n");
        }
    }

    @Test
    void servesDatagramsOverUnixSockets() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--transport", "udg")) {
            container.withTmpFs(Map.of("/tmp", "exec")).waitingFor(READY).start();

            assertThat(container.getLogs()).startsWith("ready udg:///tmp/");
        }
    }

    @Test
    void saysThatTheReadyFileCannotBeWritten() throws Exception {
        try (GenericContainer<?> container = serve("ping.script", "--port", "6379")) {
            container
                    .withTmpFs(Map.of())
                    .withStartupCheckStrategy(new ExitCode(2))
                    .start();

            assertThat(container.getLogs())
                    .endsWith("socket-harness: /tmp/socket-harness.ready: Read-only file system\n");
        }
    }

    @Test
    void showsItsHelpWithoutArguments() throws Exception {
        try (GenericContainer<?> container = new GenericContainer<>(Docker.image())
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(1)))) {
            container.start();

            assertThat(container.getLogs()).startsWith("Usage: socket-harness ");
        }
    }

    private GenericContainer<?> serve(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "serve";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new GenericContainer<>(Docker.image())
                .withFileSystemBind(scripts.toString(), "/scripts", BindMode.READ_ONLY)
                .withCommand(command)
                .withTmpFs(Map.of("/tmp", ""))
                .withCreateContainerCmdModifier(
                        created -> created.getHostConfig().withReadonlyRootfs(true));
    }

    private static String ask(GenericContainer<?> container, String question) throws Exception {
        try (Socket socket = new Socket(container.getHost(), container.getMappedPort(6379))) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Sends SIGTERM, and returns the exit code. The engine would send SIGKILL after a minute, with the exit code 137. */
    private static int stop(GenericContainer<?> container) {
        Docker.client()
                .killContainerCmd(container.getContainerId())
                .withSignal("SIGTERM")
                .exec();
        return Docker.client()
                .waitContainerCmd(container.getContainerId())
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(30, TimeUnit.SECONDS);
    }

    private static String exec(GenericContainer<?> container, String script) throws Exception {
        return container.execInContainer("sh", "-c", script).getStdout();
    }

    /** Waits until the container has ended with an exit code. */
    private static final class ExitCode extends OneShotStartupCheckStrategy {

        private final long expected;

        ExitCode(long expected) {
            this.expected = expected;
        }

        @Override
        public StartupStatus checkStartupState(com.github.dockerjava.api.DockerClient client, String id) {
            InspectContainerResponse.ContainerState state =
                    client.inspectContainerCmd(id).exec().getState();
            boolean isRunning = Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus());
            Long code = state.getExitCodeLong();
            return isRunning
                    ? StartupStatus.NOT_YET_KNOWN
                    : code != null && code == expected ? StartupStatus.SUCCESSFUL : StartupStatus.FAILED;
        }
    }
}
