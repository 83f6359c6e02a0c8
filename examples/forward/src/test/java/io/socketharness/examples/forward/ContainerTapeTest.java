package io.socketharness.examples.forward;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** A tape of Redis in a container, started by Testcontainers: its replay needs no container. */
class ContainerTapeTest extends TapeContract {

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private @Nullable GenericContainer<?> redis;

    @Override
    Stream<Client> clients() throws Exception {
        redis = start();
        List<String> report = List.of("expected  hello\n", "received  hellp\n");
        return Stream.of(new Client("Jedis", "tcp", List.of(), report, RedisTapeTest::jedis));
    }

    private static GenericContainer<?> start() throws Exception {
        Program.require("redis-server");
        try {
            DockerClientFactory.instance().client();
        } catch (IllegalStateException none) {
            Program.lack("there is no Docker engine (" + none.getMessage() + ")");
        }
        GenericContainer<?> container = new GenericContainer<>(image())
                .withCommand("--protected-mode", "no", "--save", "")
                .withExposedPorts(6379)
                .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
        container.start();
        return container;
    }

    /** An image with Redis of this machine, so that nothing is pulled. It stays for the next time. */
    private static ImageFromDockerfile image() throws Exception {
        Path program = Path.of("/usr/bin/redis-server").toRealPath();
        ImageFromDockerfile image = new ImageFromDockerfile("localhost/socket-harness/redis", false)
                .withFileFromPath("root/redis", program)
                .withFileFromString("Dockerfile", """
                        FROM scratch
                        COPY root/ /
                        ENTRYPOINT ["/redis"]
                        """);
        List<MatchResult> libraries = LIBRARY.matcher(Program.run("", "ldd", program.toString()))
                .results()
                .toList();
        for (MatchResult library : libraries) {
            String path = library.group(1);
            image = image.withFileFromPath("root" + path, Path.of(path).toRealPath());
        }
        return image;
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        GenericContainer<?> real = Objects.requireNonNull(redis);
        return Behaviours.forwardTo("tcp://" + real.getHost() + ":" + real.getFirstMappedPort());
    }

    @Override
    void stopRealServer() {
        if (redis != null) {
            redis.stop();
        }
    }
}
