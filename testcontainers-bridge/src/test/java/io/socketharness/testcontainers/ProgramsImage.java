package io.socketharness.testcontainers;

import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/**
 * An image with programs of this machine in it, for nothing else may be pulled: clients, and the SSH server that the tunnel
 * needs. It is named after what is in it, and stays for the next time.
 */
final class ProgramsImage {

    private static final String[] PROGRAMS = {
        "/bin/busybox", "/usr/bin/curl", "/usr/bin/openssl", "/usr/bin/socat", "/usr/sbin/sshd", "/usr/bin/ssh-keygen"
    };

    /** Its processes, which are programs of their own since OpenSSH 9.8. */
    private static final String[] OF_SSHD = {"/usr/lib/openssh/sshd-session", "/usr/lib/openssh/sshd-auth"};

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final int EXECUTABLE = 0100755;

    private static final String DOCKERFILE = """
            FROM scratch
            COPY root/ /
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            EXPOSE 22
            CMD ["/bin/sh", "/start-sshd"]
            """;

    /** As Testcontainers expects of its own image: the password of root is in the environment. */
    private static final String START_SSHD = """
            set -e
            echo "root:$(mkpasswd -m sha512 "$PASSWORD"):::::::" > /etc/shadow
            ssh-keygen -q -t rsa -N '' -f /etc/ssh/key
            exec /usr/sbin/sshd -D -e -f /etc/ssh/sshd_config
            """;

    /** The client that Testcontainers brings knows old algorithms alone. */
    private static final String SSHD_CONFIG = """
            HostKey /etc/ssh/key
            HostKeyAlgorithms +ssh-rsa
            KexAlgorithms +diffie-hellman-group14-sha1
            PermitRootLogin yes
            GatewayPorts yes
            UsePAM no
            UseDNS no
            """;

    private static final String PASSWD = """
            root:x:0:0:root:/:/bin/sh
            sshd:x:100:65534::/run/sshd:/bin/false
            nobody:x:65534:65534:nobody:/:/bin/false
            """;

    private static @Nullable String made;

    private ProgramsImage() {}

    /** Its name; the test is skipped, or fails, where there is no engine or a program is missing. */
    static synchronized String name() {
        for (String program : PROGRAMS) {
            Program.require(program);
        }
        Engine.require(); // which may need the image, and come here again
        String known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    private static String make() {
        try {
            Map<String, byte[]> files = files();
            String name = "localhost/socket-harness/programs:" + digest(files);
            if (DockerClientFactory.lazyClient()
                    .listImagesCmd()
                    .withReferenceFilter(name)
                    .exec()
                    .isEmpty()) {
                ImageFromDockerfile image = new ImageFromDockerfile(name, false);
                for (var file : files.entrySet()) {
                    image = image.withFileFromTransferable(file.getKey(), Transferable.of(file.getValue(), EXECUTABLE));
                }
                return image.get();
            }
            return name;
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the image could not be made", failed);
        }
    }

    private static Map<String, byte[]> files() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("Dockerfile", bytes(DOCKERFILE));
        files.put("root/start-sshd", bytes(START_SSHD));
        files.put("root/etc/ssh/sshd_config", bytes(SSHD_CONFIG));
        files.put("root/etc/passwd", bytes(PASSWD));
        files.put("root/etc/group", bytes("root:x:0:\nnogroup:x:65534:\n"));
        files.put("root/run/sshd/.keep", bytes(""));
        files.put("root/tmp/.keep", bytes(""));
        for (String program : PROGRAMS) {
            add(files, program);
        }
        for (String program : OF_SSHD) {
            if (Files.exists(Path.of(program))) {
                add(files, program);
            }
        }
        return files;
    }

    private static void add(Map<String, byte[]> files, String program) throws Exception {
        files.put("root" + program, read(program));
        for (MatchResult library :
                LIBRARY.matcher(Program.run("", "ldd", program)).results().toList()) {
            String path = library.group(1);
            files.put("root" + path, read(path));
        }
    }

    private static byte[] read(String path) throws IOException {
        return Files.readAllBytes(Path.of(path));
    }

    private static String digest(Map<String, byte[]> files) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        files.forEach((path, content) -> {
            digest.update(bytes(path));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
