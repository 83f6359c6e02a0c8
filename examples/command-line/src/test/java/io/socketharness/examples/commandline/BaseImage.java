package io.socketharness.examples.commandline;

import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * An image with a small JRE, made of the JDK of the test, and of the shell and openssl of this machine, so that nothing is
 * pulled. It is named after the JDK, and stays for the next time. Testcontainers finds it as a service, and uses it in place of its own
 * helper.
 */
public final class BaseImage extends ImageNameSubstitutor {

    private static final String MODULES = "java.base,java.logging,java.rmi,jdk.crypto.ec,jdk.net,jdk.unsupported";

    private static final String SHELL = "/bin/busybox";

    private static final String OPENSSL = "/usr/bin/openssl";

    private static final String DOCKERFILE = """
            FROM scratch
            COPY root/ /
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            RUN chmod 1777 /tmp
            ENV JAVA_HOME=/jre
            """;

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private static @Nullable String name;

    /** Its name. */
    static synchronized String name() {
        String known = name;
        if (known == null) {
            Program.require(SHELL);
            Program.require(OPENSSL);
            String tag = Integer.toHexString(
                    (Runtime.version() + System.getProperty("java.home") + MODULES + OPENSSL + DOCKERFILE).hashCode());
            known = "localhost/socket-harness/jre:" + tag;
            if (!Docker.hasImage(known)) {
                make(known);
            }
            name = known;
        }
        return known;
    }

    private static void make(String name) {
        try {
            Path context = Files.createTempDirectory("base-image");
            try {
                fill(context);
                Docker.build(context, name, "");
            } finally {
                delete(context);
            }
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the base image could not be made", failed);
        }
    }

    private static void fill(Path context) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
        Path root = Files.createDirectory(context.resolve("root"));
        Files.createDirectory(root.resolve("tmp"));
        Path jre = root.resolve("jre");
        int failed = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("the tests need a JDK with jlink"))
                .run(
                        System.out,
                        System.err,
                        "--add-modules",
                        MODULES,
                        "--strip-java-debug-attributes",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        jre.toString());
        if (failed != 0) {
            throw new IllegalStateException("jlink failed with " + failed);
        }
        copy(SHELL, root);
        copy(OPENSSL, root);
        for (String library : libraries(jre)) {
            copy(library, root);
        }
    }

    /** The libraries of the system that the programs and the JRE need. */
    private static Set<String> libraries(Path jre) throws Exception {
        Set<String> libraries = new TreeSet<>();
        try (Stream<Path> files = Files.walk(jre)) {
            List<Path> binaries = files.filter(
                            file -> file.endsWith("bin/java") || file.toString().endsWith(".so"))
                    .toList();
            for (Path binary : Stream.concat(binaries.stream(), Stream.of(Path.of(SHELL), Path.of(OPENSSL)))
                    .toList()) {
                LIBRARY.matcher(Program.run("", "ldd", binary.toString()))
                        .results()
                        .map(library -> library.group(1))
                        .filter(library -> !library.startsWith(jre.toString()))
                        .forEach(libraries::add);
            }
        }
        return libraries;
    }

    private static void copy(String file, Path root) throws IOException {
        Path target = root.resolve(file.substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(Path.of(file), target);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public DockerImageName apply(DockerImageName original) {
        return original.getUnversionedPart().equals("alpine") ? DockerImageName.parse(name()) : original;
    }

    @Override
    protected String getDescription() {
        return "an image made of this machine's programs";
    }
}
