package io.socketharness.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.examples.readme.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say is true: their Java is that of the examples, which run; versions, commands and links are real. */
class ReadmeTest {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+[\\w.-]*");

    static List<Block> blocks() throws IOException {
        return Stream.concat(
                        Markdown.read("README.md").blocks().stream(),
                        Markdown.read("CONTRIBUTING.md").blocks().stream())
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
    void allJavaComesFromTheExamples() throws IOException {
        assertThat(blocks())
                .filteredOn(block -> block.language().equals("java"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.source()).isNotEmpty());
    }

    @Test
    void aWholeTestHasFifteenLinesAtMost() throws IOException {
        assertThat(sourced().get(0).text().lines()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void dependenciesHaveTheVersionOfTheBuild() throws IOException {
        String pom = Files.readString(Markdown.ROOT.resolve("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));

        assertThat(blocks().stream()
                        .filter(block -> List.of("xml", "kotlin").contains(block.language()))
                        .flatMap(block -> VERSION.matcher(block.text()).results())
                        .map(MatchResult::group))
                .hasSize(4)
                .containsOnly(version);
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
        try (Stream<java.nio.file.Path> files = Files.walk(Markdown.ROOT)) {
            return files.map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.contains("/src/test/java/"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"})
    void linksLeadToFiles(String file) throws IOException {
        assertThat(Markdown.read(file).links())
                .filteredOn(link -> !link.startsWith("https://"))
                .allSatisfy(link -> assertThat(Markdown.ROOT.resolve(link)).exists());
    }
}
