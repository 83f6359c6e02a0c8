package io.socketharness.internal.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * At no moment is a socket there with a wider mode than was asked for: somebody looks again and again, at its path and at
 * all that lies beside it, while servers come and go.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class SocketFileWindowTest {

    private static final int SERVERS = 400;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"unix", "udg"})
    void aSocketIsNeverThereWithAWiderMode(String transport) throws Exception {
        Path path = directory.resolve("x.sock");
        ExecutorService looking = Executors.newSingleThreadExecutor();
        try {
            Watch watch = new Watch(path);
            Future<Map<String, Integer>> seen = looking.submit(watch);
            for (int i = 0; i < SERVERS || !watch.hasSeenIt(); i++) {
                FakeServer.start(transport + ":" + path + "?umask=0177").close();
            }
            watch.end();

            assertThat(seen.get())
                    .containsOnlyKeys("socket rw-------", "directory beside it rwx------")
                    .satisfies(
                            modes -> assertThat(modes.get("socket rw-------")).isPositive());
        } finally {
            looking.shutdown();
        }
    }

    /** What is seen, and how often. */
    private final class Watch implements Callable<Map<String, Integer>> {

        private final Path path;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile boolean seenIt;

        Watch(Path path) {
            this.path = path;
        }

        void end() {
            ended.set(true);
        }

        boolean hasSeenIt() {
            return seenIt;
        }

        @Override
        public Map<String, Integer> call() throws IOException {
            Map<String, Integer> seen = new TreeMap<>();
            seen.put("directory beside it rwx------", 0);
            while (!ended.get()) {
                look(path, seen);
                try (Stream<Path> all = Files.list(directory)) {
                    for (Path one : all.toList()) {
                        look(one, seen);
                    }
                }
            }
            return seen;
        }

        private void look(Path at, Map<String, Integer> seen) throws IOException {
            try {
                PosixFileAttributes attributes = Files.readAttributes(at, PosixFileAttributes.class);
                seenIt |= at.equals(path);
                seen.merge(
                        (at.equals(path) ? "socket " : attributes.isDirectory() ? "directory beside it " : at + " ")
                                + PosixFilePermissions.toString(attributes.permissions()),
                        1,
                        Integer::sum);
            } catch (NoSuchFileException gone) {
                // looked too late, or too early
            }
        }
    }
}
