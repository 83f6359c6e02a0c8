package io.socketharness.examples.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of code and the links of a Markdown file at the root of the repository. */
record Markdown(String file, List<String> lines) {

    /** Of a test run by Maven, the working directory is its module's. */
    static final Path ROOT = Path.of("..");

    private static final Pattern SOURCE = Pattern.compile("<!-- snippet: (\\S+) -->");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

    /**
     * A block of code between fences.
     *
     * @param place its file and line
     * @param source the snippet that the comment above it names; empty without such a comment
     */
    record Block(String place, String language, String source, String text) {
        @Override
        public String toString() {
            return place;
        }
    }

    static Markdown read(String file) throws IOException {
        return new Markdown(file, Files.readAllLines(ROOT.resolve(file)));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                Matcher source = SOURCE.matcher(i == 0 ? "" : lines.get(i - 1));
                blocks.add(new Block(
                        file + ", line " + (i + 1),
                        lines.get(i).substring(3),
                        source.matches() ? source.group(1) : "",
                        String.join("\n", lines.subList(i + 1, end))));
                i = end;
            }
        }
        return blocks;
    }

    List<String> links() {
        return LINK.matcher(String.join("\n", lines))
                .results()
                .map(link -> link.group(1))
                .toList();
    }
}
