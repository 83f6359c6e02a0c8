package io.socketharness.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A part of a file between {@code tag::name[]} and {@code end::name[]}, or a whole one, without its indentation. */
final class Snippet {

    private Snippet() {}

    /** Reads {@code path#name}, or {@code path}, from the root of the repository. */
    static String read(String source) throws IOException {
        int hash = source.indexOf('#');
        String path = hash < 0 ? source : source.substring(0, hash);
        List<String> lines = Files.readAllLines(Markdown.ROOT.resolve(path));
        if (hash >= 0) {
            String name = source.substring(hash + 1);
            lines = lines.subList(line(lines, "tag::" + name + "[]") + 1, line(lines, "end::" + name + "[]"));
        }
        return String.join("\n", lines).stripIndent().stripTrailing();
    }

    private static int line(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("// " + mark)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no line says // " + mark);
    }
}
