package io.socketharness.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of verbs that run servers: how the program shows their dialogue. */
final class OutputOptions {

    /** When the output has colours. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show the dialogue.")
    boolean quiet;

    @Option(names = "--json", description = "Show each event as a JSON object on a line.")
    boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: auto (default: on a terminal, unless NO_COLOR is set), always or never.")
    When color = When.AUTO;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            defaultValue = "${env:SOCKET_HARNESS_READY_FILE}",
            description = "File that exists while all servers are ready, with their ready lines;"
                    + " SOCKET_HARNESS_READY_FILE unless set.")
    @Nullable
    Path readyFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "File for the certificate (PEM) that clients of TLS must trust; replaced if it exists.")
    @Nullable
    Path caFile;

    @Option(
            names = "--junit-xml",
            paramLabel = "FILE",
            description = "File for the result in the JUnit XML format; replaced if it exists.")
    @Nullable
    Path junitXml;

    Console apply(Console console) {
        return switch (color) {
            case AUTO -> console;
            case ALWAYS -> console.with(Ansi.ON);
            case NEVER -> console.with(Ansi.OFF);
        };
    }
}
