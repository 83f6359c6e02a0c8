package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.examples.documents.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say is true: their code is that of the examples, which run; versions, commands and links are real. */
class DocumentsTest {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+[\\w.-]*");

    static List<Markdown> documents() throws IOException {
        List<Markdown> documents = new ArrayList<>();
        for (String file : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            documents.add(Markdown.read(file));
        }
        try (Stream<Path> guides = Files.list(Markdown.ROOT.resolve("docs"))) {
            for (Path guide : guides.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                documents.add(Markdown.read("docs/" + guide.getFileName()));
            }
        }
        return documents;
    }

    static List<Block> blocks() throws IOException {
        return documents().stream()
                .flatMap(document -> document.blocks().stream())
                .toList();
    }

    static List<Block> sourced() throws IOException {
        return blocks().stream().filter(block -> !block.source().isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("sourced")
    void aSnippetIsThatOfTheExamples(Block block) throws IOException {
        assertThat(block.text()).as("%s, from %s", block, block.source()).isEqualTo(Snippet.read(block.source()));
    }

    @Test
    void allCodeComesFromTheExamples() throws IOException {
        assertThat(blocks())
                .filteredOn(block -> List.of("java", "groovy").contains(block.language())
                        || block.language().equals("kotlin") && !isForGradle(block.text()))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.source()).isNotEmpty());
    }

    private static boolean isForGradle(String text) {
        return text.contains("testImplementation(") || text.startsWith("tasks.test ");
    }

    @Test
    void aWholeTestHasFifteenLinesAtMost() throws IOException {
        assertThat(sourced().get(0).text().lines()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void dependenciesHaveTheVersionOfTheBuild() throws IOException {
        String pom = Files.readString(Markdown.ROOT.resolve("pom.xml"));

        assertThat(blocks().stream()
                        .filter(block -> List.of("xml", "kotlin").contains(block.language()))
                        .flatMap(block -> VERSION.matcher(block.text()).results())
                        .map(MatchResult::group))
                .hasSizeGreaterThan(4)
                .allSatisfy(version -> assertThat(pom).contains(">" + version + "<"));
    }

    @Test
    void commandsRunTestsThatExist() throws IOException {
        assertThat(blocks().stream()
                        .filter(block -> block.language().equals("bash"))
                        .flatMap(block -> Pattern.compile("-Dtest=(\\w+)")
                                .matcher(block.text())
                                .results())
                        .map(test -> test.group(1)))
                .contains("ShowcaseTest")
                .allSatisfy(test -> assertThat(sources()).anyMatch(file -> file.endsWith("/" + test + ".java")));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Markdown.ROOT)) {
            return files.map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.contains("/src/test/java/"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFiles(Markdown document) {
        assertThat(document.links())
                .filteredOn(link -> !link.startsWith("https://"))
                .allSatisfy(
                        link -> assertThat(document.directory().resolve(link)).exists());
    }

    @Test
    void theListOfGuidesLinksToEachGuide() throws IOException {
        List<String> guides = documents().stream()
                .map(Markdown::file)
                .filter(file -> file.startsWith("docs/") && !file.equals("docs/README.md"))
                .map(file -> file.substring("docs/".length()))
                .toList();

        assertThat(Markdown.read("docs/README.md").links()).containsAll(guides);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToHeadings(Markdown document) throws IOException {
        for (String link : document.anchors()) {
            String file = link.substring(0, link.indexOf('#'));
            Path target = document.directory().resolve(file);
            Markdown led = file.isEmpty()
                    ? document
                    : Markdown.read(Markdown.ROOT.relativize(target.normalize()).toString());
            assertThat(led.headings()).as(link).contains(link.substring(link.indexOf('#') + 1));
        }
    }
}
