package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.OutputDirectoryProvider;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The dialogue of a failed test is attached to its report. */
class AttachmentTest {

    @Test
    void theDialoguesOfAFailedTestAreAttached(@TempDir Path directory) throws Exception {
        assumeTrue(JUnit.since(5, 12), "JUnit publishes files from 5.12 on");

        Kit.run(directory, Failing.class);

        Map<String, String> files = files(directory);
        assertThat(files.keySet())
                .containsExactly(
                        "judged/dialogue-Failing.field.txt",
                        "judged/dialogue-Failing.server.txt",
                        "judged/dialogue-Failing.shared.txt",
                        "own/dialogue-Failing.field.txt",
                        "own/dialogue-Failing.server.txt",
                        "own/dialogue-Failing.shared.txt");
        assertThat(files.get("own/dialogue-Failing.server.txt"))
                .startsWith("tcp://127.0.0.1:")
                .contains(" [Failing.server]\n\nconnection 0  ", "\n  C: PING ");
        assertThat(files.get("own/dialogue-Failing.field.txt")).endsWith(" [Failing.field]: no connection\n");
    }

    static class Failing {
        @SocketServer
        static FakeServer shared;

        @SocketServer
        FakeServer field;

        @Test
        void own(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PING\n");
            fail("its own failure");
        }

        @Test
        void judged(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
        }

        @Test
        void passes(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PING\n");
        }
    }

    @Test
    void whereFilesCannotBeAttachedTheTestFailsAsItDid() {
        // This test kit has no directory for them, or its JUnit knows no files.
        Run run = Run.of(Failing.class);

        run.counts(1, 2, 0);
        assertThat(run.message("own")).isEqualTo("its own failure");
        assertThat(run.failure("own").getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage, as(STRING))
                .contains("C: PING");
        assertThat(run.message("judged")).contains("C: PONG");
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.readString(file));
            }
        }
        return files;
    }

    /** A class of its own, for what older versions of JUnit do not have; what replaces it came with 5.14. */
    @SuppressWarnings({"deprecation", "removal"})
    private static final class Kit {
        static void run(Path directory, Class<?> fixture) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(fixture))
                    .outputDirectoryProvider(new OutputDirectoryProvider() {
                        @Override
                        public Path getRootDirectory() {
                            return directory;
                        }

                        @Override
                        public Path createOutputDirectory(TestDescriptor test) throws IOException {
                            String name = test.getLegacyReportingName().replaceAll("\\(.*", "");
                            return Files.createDirectories(directory.resolve(name));
                        }
                    })
                    .execute();
        }
    }
}
