package io.socketharness.examples.commandline;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import io.socketharness.testing.Program;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** The engine that runs containers. Where there is none the test is skipped, with {@code -Dinterop=required} it fails. */
final class Docker {

    private static final String IMAGE = "localhost/socket-harness/command-line";

    private static boolean isBuilt;

    private Docker() {}

    static DockerClient client() {
        try {
            return DockerClientFactory.instance().client();
        } catch (IllegalStateException none) {
            Program.lack("there is no Docker engine (" + none.getMessage() + ")");
            throw none;
        }
    }

    /** Builds the image of this repository on the base of this machine, and returns its name. */
    static synchronized String image() {
        client();
        if (!isBuilt) {
            Repository.jar();
            build(Repository.COMMAND_LINE, IMAGE, BaseImage.name());
            isBuilt = true;
        }
        return IMAGE;
    }

    static boolean hasImage(String name) {
        return !DockerClientFactory.lazyClient()
                .listImagesCmd()
                .withReferenceFilter(name)
                .exec()
                .isEmpty();
    }

    /** Builds the Dockerfile of a directory. */
    static void build(Path directory, String name, String base) {
        BuildImageCmd build = DockerClientFactory.lazyClient()
                .buildImageCmd(directory.toFile())
                .withTags(Set.of(name))
                .withPull(false);
        if (!base.isEmpty()) {
            build.withBuildArg("BASE", base);
        }
        build.exec(new BuildImageResultCallback()).awaitImageId(2, TimeUnit.MINUTES);
    }
}
