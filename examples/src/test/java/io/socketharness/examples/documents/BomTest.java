package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM names what is published, and nothing that belongs to its users. */
class BomTest {

    private static final Pattern MANAGED = Pattern.compile("(?s)<dependency>\\s*<groupId>(.*?)</groupId>\\s*"
            + "<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>\\s*</dependency>");

    @Test
    void namesEachPublishedModule() throws IOException {
        assertThat(managed()).containsExactlyInAnyOrderElementsOf(published());
    }

    @Test
    void artifactsAreNamedAfterTheProject() throws IOException {
        List<String> artifacts = new ArrayList<>(published());
        artifacts.add("io.socketharness:" + artifact(read("harness-bom/pom.xml")));

        assertThat(artifacts).allSatisfy(one -> assertThat(one).startsWith("io.socketharness:socket-harness-"));
    }

    @Test
    void bringsNothingElse() throws IOException {
        String bom = read("harness-bom/pom.xml");

        assertThat(managed())
                .allSatisfy(one -> assertThat(one).startsWith("io.socketharness:"))
                .doesNotHaveDuplicates();
        assertThat(bom.split("<dependency>")).hasSize(managed().size() + 1);
        assertThat(bom).doesNotContain("<parent>");
    }

    /** A user's Maven reads the parents of what it resolves. */
    @Test
    void theParentsOfPublishedModulesArePublished() throws IOException {
        String root = read("pom.xml");
        String parent = read("published/pom.xml");

        for (String goal : List.of("install", "deploy")) {
            assertThat(root)
                    .containsPattern("<artifactId>maven-" + goal + "-plugin</artifactId>\\s*"
                            + "<inherited>false</inherited>\\s*<configuration>\\s*<skip>false</skip>");
            assertThat(parent).contains("<maven." + goal + ".skip>false<");
        }
    }

    @Test
    void otherModulesAreNotPublished() throws IOException {
        String root = read("pom.xml");

        for (String goal : List.of("install", "deploy")) {
            String skip = "<maven." + goal + ".skip>true<";
            assertThat(root).contains(skip);
            for (String module : modules()) {
                String pom = read(module + "/pom.xml");
                if (!pom.contains("<parent>") && !module.equals("harness-bom")) {
                    assertThat(pom).as(module).contains(skip);
                }
            }
        }
    }

    @Test
    void theProjectsWithoutAParentHaveTheVersionOfTheOthers() throws IOException {
        String version = version(read("pom.xml"));

        for (String module : modules()) {
            assertThat(version(read(module + "/pom.xml"))).as(module).isEqualTo(version);
        }
    }

    private static List<String> managed() throws IOException {
        return MANAGED.matcher(read("harness-bom/pom.xml"))
                .results()
                .map(one -> one.group(1) + ":" + one.group(2) + ":" + one.group(3))
                .toList();
    }

    private static List<String> published() throws IOException {
        List<String> published = new ArrayList<>();
        for (String module : modules()) {
            String pom = read(module + "/pom.xml");
            if (pom.contains("<artifactId>socket-harness-published</artifactId>") && !module.equals("published")) {
                published.add("io.socketharness:" + artifact(pom) + ":${project.version}");
            }
        }
        assertThat(published).isNotEmpty();
        return published;
    }

    private static List<String> modules() throws IOException {
        return Pattern.compile("<module>(.*?)</module>")
                .matcher(read("pom.xml"))
                .results()
                .map(module -> module.group(1))
                .toList();
    }

    private static String version(String pom) {
        return first("<version>(.*?)</version>", pom);
    }

    private static String artifact(String pom) {
        return first("<artifactId>(.*?)</artifactId>", pom.replaceFirst("(?s)<parent>.*</parent>", ""));
    }

    private static String first(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String read(String file) throws IOException {
        return Files.readString(Markdown.ROOT.resolve(file));
    }
}
