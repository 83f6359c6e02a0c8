package io.socketharness.compatibility.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradle.api.Project;
import org.gradle.testfixtures.ProjectBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradle resolves what the documents tell its users to write, with the jars and POMs of this build. The snippets are Kotlin
 * and read as Groovy here, which they are too: Gradle's compiler of Kotlin scripts is not to be had as an artifact.
 */
class GradleTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```kotlin\n(.*?)```");

    private static final Pattern OURS = Pattern.compile("testImplementation\\(\"io\\.socketharness:([\\w-]+)");

    @TempDir
    Path directory;

    private Path repository;

    @BeforeEach
    void publish() throws IOException {
        repository = directory.resolve("repository");
        Reactor.publish(repository);
    }

    /** Those of the documents that name dependencies. */
    static List<String> snippets() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Reactor.ROOT.resolve("README.md")));
        try (Stream<Path> guides = Files.list(Reactor.ROOT.resolve("docs"))) {
            guides.filter(guide -> guide.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<String> snippets = new ArrayList<>();
        for (Path document : documents) {
            for (MatchResult block :
                    BLOCK.matcher(Files.readString(document)).results().toList()) {
                if (block.group(1).contains("testImplementation(")) {
                    snippets.add(block.group(1));
                }
            }
        }
        return snippets;
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void resolvesWhatTheDocumentsSay(String snippet) throws IOException {
        List<String> named = OURS.matcher(snippet)
                .results()
                .map(module -> jar(module.group(1)))
                .toList();

        assertThat(named).contains(jar("socket-harness-core"));
        assertThat(resolve(snippet)).containsAll(named);
    }

    @Test
    void takesAllVersionsFromTheBom() throws IOException {
        List<String> modules = Reactor.published();
        StringBuilder dependencies = new StringBuilder(
                "testImplementation(platform(\"io.socketharness:socket-harness-bom:" + Reactor.version() + "\"))\n");
        modules.forEach(module -> dependencies
                .append("testImplementation(\"io.socketharness:")
                .append(module)
                .append("\")\n"));

        assertThat(resolve("repositories { mavenLocal() }\ndependencies {\n" + dependencies + "}\n"))
                .contains(modules.stream().map(GradleTest::jar).toArray(String[]::new))
                .anyMatch(name -> name.startsWith("jspecify-"))
                .anyMatch(name -> name.startsWith("bcpkix-"))
                .noneMatch(name -> name.startsWith("junit-") || name.startsWith("assertj-"));
    }

    private static String jar(String module) {
        try {
            return module + "-" + Reactor.version() + ".jar";
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<String> resolve(String script) throws IOException {
        Path file = directory.resolve("dependencies.gradle");
        Files.writeString(file, script);
        Project project = ProjectBuilder.builder()
                .withProjectDir(directory.toFile())
                .withGradleUserHomeDir(directory.resolve("home").toFile())
                .build();
        project.getGradle().getStartParameter().setOffline(true);
        project.getPluginManager().apply("java");
        project.getRepositories().maven(ours -> ours.setUrl(repository.toUri()));
        project.apply(Map.of("from", file.toFile()));
        return project.getConfigurations().getByName("testRuntimeClasspath").getFiles().stream()
                .map(File::getName)
                .toList();
    }
}
