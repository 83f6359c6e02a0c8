package io.socketharness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The blocks and the tables of {@code docs/command-line.md}. */
final class Guide {

    private static final Pattern COMMENT = Pattern.compile("<!-- (.*) -->");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final List<String> lines;

    /**
     * A block of code.
     *
     * @param language behind the fence
     * @param role the comment above it; empty for none
     */
    record Block(int line, String language, String role, List<String> lines) {

        boolean isFile() {
            return role.startsWith("file: ");
        }

        String fileName() {
            return role.substring("file: ".length());
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }

        @Override
        public String toString() {
            return "line " + line + ": " + lines.get(0);
        }
    }

    private Guide(List<String> lines) {
        this.lines = lines;
    }

    static Guide read() throws IOException {
        return new Guide(Files.readAllLines(Path.of("../docs/command-line.md")));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                Matcher comment = COMMENT.matcher(lines.get(i - 1));
                String role = comment.matches() ? comment.group(1) : "";
                blocks.add(new Block(i + 1, lines.get(i).substring(3), role, lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    List<Block> sessions() {
        return blocks().stream()
                .filter(block -> block.language().equals("console"))
                .toList();
    }

    /** The code in a column of the tables below a heading, whose head begins with a word. */
    List<String> column(String heading, String head, int column) {
        List<String> code = new ArrayList<>();
        for (String row : rows(heading, head)) {
            Matcher first = CODE.matcher(row.split("\\|")[column + 1]);
            if (first.find()) {
                code.add(first.group(1));
            }
        }
        return code;
    }

    private List<String> rows(String heading, String head) {
        int from = lines.indexOf("## " + heading);
        int table = from;
        while (!lines.get(table).startsWith("| " + head + " |")) {
            table++;
        }
        return Stream.iterate(table + 2, i -> lines.get(i).startsWith("|"), i -> i + 1)
                .map(lines::get)
                .toList();
    }
}
