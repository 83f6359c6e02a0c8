package io.socketharness.testcontainers;

import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** Has Testcontainers use our image where it would pull one of its own helpers. Found as a service. */
public final class LocalImages extends ImageNameSubstitutor {

    @Override
    public DockerImageName apply(DockerImageName original) {
        return switch (original.getUnversionedPart()) {
            case "testcontainers/sshd", "alpine" -> DockerImageName.parse(ProgramsImage.name());
            default -> original;
        };
    }

    @Override
    protected String getDescription() {
        return "an image made of this machine's programs";
    }
}
