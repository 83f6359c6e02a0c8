package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** {@code command-line/kubernetes.yaml}, without a cluster: its objects fit together, and its container runs. */
@Timeout(120)
class KubernetesTest {

    private static final List<String> PROBES = List.of("startupProbe", "readinessProbe", "livenessProbe");

    @TempDir
    private Path directory;

    private final Map<String, Fields> objects = objects();

    @Test
    void hasTheObjectsOfAServer() {
        assertThat(objects).containsOnlyKeys("ConfigMap", "Deployment", "Service");
        assertThat(objects.values()).allSatisfy(object -> {
            assertThat(object.text("apiVersion"))
                    .isEqualTo(object.text("kind").equals("Deployment") ? "apps/v1" : "v1");
            assertThat(object.in("metadata").text("name")).matches("[a-z][a-z0-9-]*");
        });
    }

    @Test
    void theObjectsReferToEachOther() {
        Fields service = object("Service").in("spec");
        Fields deployment = object("Deployment").in("spec");
        Fields template = deployment.in("template");
        Fields container = container();
        Map<String, Object> labels = template.in("metadata").in("labels").values();

        assertThat(deployment.in("selector").in("matchLabels").values()).isEqualTo(labels);
        assertThat(service.in("selector").values()).isEqualTo(labels);
        assertThat(service.first("ports").text("targetPort"))
                .isEqualTo(container.first("ports").text("name"));
        assertThat(service.first("ports").text("port"))
                .isEqualTo(container.first("ports").text("containerPort"));
        assertThat(container.list("args"))
                .containsSequence("--port", container.first("ports").text("containerPort"));
        assertThat(template.in("spec").first("volumes").in("configMap").text("name"))
                .isEqualTo(object("ConfigMap").in("metadata").text("name"));
        assertThat(template.in("spec").names("volumes")).isEqualTo(container.names("volumeMounts"));
    }

    @Test
    void satisfiesTheRestrictedSecurityStandard() {
        Fields pod = object("Deployment").in("spec").in("template").in("spec").in("securityContext");
        Fields container = container().in("securityContext");

        assertThat(pod.text("runAsNonRoot")).isEqualTo("true");
        assertThat(pod.in("seccompProfile").text("type")).isEqualTo("RuntimeDefault");
        assertThat(container.text("allowPrivilegeEscalation")).isEqualTo("false");
        assertThat(container.text("readOnlyRootFilesystem")).isEqualTo("true");
        assertThat(container.in("capabilities").list("drop")).containsExactly("ALL");
    }

    @Test
    void itsScriptIsThatOfTheOtherExamples() throws Exception {
        String script = object("ConfigMap").in("data").text("mail.script");

        assertThat(Files.readString(Repository.COMMAND_LINE.resolve("scripts/mail.script")))
                .endsWith(script);
        assertThat(new Cli(directory).script("mail.script", script).run("check", "mail.script"))
                .isEqualTo(new Cli.Result(0, "mail.script: ok, 10 steps" + System.lineSeparator(), ""));
    }

    @Test
    void itsContainerRunsAndSatisfiesItsProbes() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        new Cli(directory).script("mail.script", object("ConfigMap").in("data").text("mail.script"));
        try (GenericContainer<?> container = new GenericContainer<>(Docker.image())
                .withFileSystemBind(directory.toString(), "/scripts", BindMode.READ_ONLY)
                .withTmpFs(Map.of("/tmp", ""))
                .withCommand(container().list("args").toArray(String[]::new))
                .withCreateContainerCmdModifier(created -> created.getHostConfig()
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges")))
                .waitingFor(Wait.forHealthcheck())) {
            container.start();

            for (String probe : PROBES) {
                String[] command =
                        container().in(probe).in("exec").list("command").toArray(String[]::new);
                assertThat(container.execInContainer(command).getExitCode())
                        .as(probe)
                        .isZero();
                container.execInContainer("mv", "/tmp/socket-harness.ready", "/tmp/moved");
                assertThat(container.execInContainer(command).getExitCode())
                        .as(probe)
                        .isOne();
                container.execInContainer("mv", "/tmp/moved", "/tmp/socket-harness.ready");
            }
        }
    }

    private Fields container() {
        return object("Deployment").in("spec").in("template").in("spec").first("containers");
    }

    private Fields object(String kind) {
        return objects.getOrDefault(kind, new Fields(Map.of()));
    }

    private static Map<String, Fields> objects() {
        Map<String, Fields> objects = new HashMap<>();
        Path file = Repository.COMMAND_LINE.resolve("kubernetes.yaml");
        try {
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file))) {
                Fields object = Fields.of(document);
                objects.put(object.text("kind"), object);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return objects;
    }
}
