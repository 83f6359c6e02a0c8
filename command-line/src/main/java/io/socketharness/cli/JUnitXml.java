package io.socketharness.cli;

import java.util.List;

/** Writes results in the JUnit XML format, which build servers read. */
final class JUnitXml {

    /**
     * The result of a server, or of the client.
     *
     * @param reports of failures; empty for success
     */
    record Result(String name, List<String> reports) {}

    private JUnitXml() {}

    static String of(List<Result> results) {
        long failures =
                results.stream().filter(result -> !result.reports().isEmpty()).count();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuite name=\"socket-harness\" tests=\"").append(results.size());
        out.append("\" failures=\"").append(failures).append("\" errors=\"0\" skipped=\"0\">\n");
        for (Result result : results) {
            out.append("  <testcase classname=\"socket-harness\" name=\"").append(escaped(result.name()));
            if (result.reports().isEmpty()) {
                out.append("\"/>\n");
                continue;
            }
            String first = result.reports().get(0).lines().findFirst().orElse("");
            out.append("\">\n    <failure message=\"").append(escaped(first)).append("\">");
            out.append(escaped(String.join("\n\n", result.reports())));
            out.append("</failure>\n  </testcase>\n");
        }
        return out.append("</testsuite>\n").toString();
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean isAllowed = (c >= ' ' || c == '\n' || c == '\t')
                            && c != 0xfffe
                            && c != 0xffff
                            && !(c >= 0xd800 && c <= 0xdfff);
                    out.appendCodePoint(isAllowed ? c : 0xfffd);
                }
            }
        });
        return out.toString();
    }
}
