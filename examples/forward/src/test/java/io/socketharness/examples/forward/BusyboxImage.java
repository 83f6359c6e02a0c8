package io.socketharness.examples.forward;

import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * An image with the busybox of this machine, so that nothing is pulled. Testcontainers finds it as a service, and uses it
 * in place of its own helper, which finds the address of the Docker engine if the tests run in a container.
 */
public final class BusyboxImage extends ImageNameSubstitutor {

    /** The image, with a page for its web server. It stays for the next time. */
    static ImageFromDockerfile image() {
        return new ImageFromDockerfile("localhost/socket-harness/busybox", false)
                .withFileFromPath("busybox", Path.of("/bin/busybox"))
                .withFileFromString("hello.txt", "hello")
                .withFileFromString("Dockerfile", """
                        FROM scratch
                        COPY busybox /bin/busybox
                        COPY hello.txt /www/hello.txt
                        ENTRYPOINT ["/bin/busybox"]
                        """);
    }

    @Override
    public DockerImageName apply(DockerImageName original) {
        return original.getUnversionedPart().equals("alpine") ? DockerImageName.parse(image().get()) : original;
    }

    @Override
    protected String getDescription() {
        return "an image made of this machine's programs";
    }
}
