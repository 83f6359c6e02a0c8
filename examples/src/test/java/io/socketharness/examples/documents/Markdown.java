package io.socketharness.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The blocks of code, the links and the tables of a Markdown file of the repository. */
record Markdown(String file, List<String> lines) {

    /** Of a test run by Maven, the working directory is its module's. */
    static final Path ROOT = Path.of("..");

    private static final Pattern SOURCE = Pattern.compile("<!-- snippet: (\\S+) -->");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

    private static final Pattern ANCHOR = Pattern.compile("]\\(((?!https)[^)]*#[^)]+)\\)");

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

    /** Links to headings, as {@code file#heading}; of this document, {@code #heading}. */
    List<String> anchors() {
        return ANCHOR.matcher(String.join("\n", lines))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** What links to its headings say, as GitHub makes it. */
    Set<String> headings() {
        return lines.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** What links are relative to. */
    Path directory() {
        Path parent = ROOT.resolve(file).getParent();
        return parent == null ? ROOT : parent;
    }

    /** The rows of all tables, without their heads. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 2; i < lines.size(); i++) {
            boolean isHead = i + 1 < lines.size() && lines.get(i + 1).startsWith("|--");
            if (lines.get(i).startsWith("| ") && !isHead) {
                rows.add(new Row(List.of(lines.get(i).substring(1).split("\\|"))));
            }
        }
        return rows;
    }

    /** The rows of the tables below a heading, down to the next one. */
    List<Row> rows(String heading) {
        int from = lines.indexOf("## " + heading);
        if (from < 0) {
            throw new IllegalArgumentException(file + " has no heading \"" + heading + "\"");
        }
        int to = from + 1;
        while (to < lines.size() && !lines.get(to).startsWith("## ")) {
            to++;
        }
        return new Markdown(file, lines.subList(from, to)).rows();
    }

    /** A row of a table. */
    record Row(List<String> cells) {

        /** What stands between backticks in a cell. */
        List<String> code(int cell) {
            return CODE.matcher(cells.get(cell))
                    .results()
                    .map(code -> code.group(1))
                    .toList();
        }

        @Override
        public String toString() {
            return cells.get(0).strip();
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
