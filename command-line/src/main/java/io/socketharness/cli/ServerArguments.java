package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.spi.ServerOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a server on the command line, and their values. */
final class ServerArguments {

    private ServerArguments() {}

    /** Adds the options of a server to a verb. */
    static void addTo(CommandSpec command) {
        for (ServerOption option : ServerOption.ALL) {
            OptionSpec.Builder spec = OptionSpec.builder(option.option()).description(option.description());
            if (option.isFlag()) {
                spec.arity("0").type(boolean.class);
            } else if (isList(option)) {
                spec.arity("1").type(List.class).auxiliaryTypes(String.class).paramLabel(option.label());
            } else {
                spec.arity("1").type(String.class).paramLabel(option.label());
            }
            if (!option.candidates().isEmpty()) {
                spec.completionCandidates(option.candidates());
            }
            command.addOption(spec.build());
        }
    }

    private static boolean isList(ServerOption option) {
        return !option.name().equals(ServerOption.TRANSPORT)
                && !CertificateFiles.has(option.name())
                && ServerOptions.isList(option.name());
    }

    /** The values of the options that are given, by the names of the attributes. */
    static Map<String, List<String>> values(ParseResult parsed) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ServerOption option : ServerOption.ALL) {
            ArgSpec given = parsed.matchedOption(option.option());
            if (given != null) {
                values.put(option.name(), option.isFlag() ? List.of(option.value()) : given.originalStringValues());
            }
        }
        return values;
    }

    /**
     * Sets an option other than the transport. {@link CertificateFiles} sets its options together, after the others.
     *
     * @param resolve the path of a file
     */
    static void set(ServerSpecBuilder builder, String name, List<String> texts, Function<String, Path> resolve) {
        if (!CertificateFiles.has(name)) {
            ServerOptions.set(builder, name, name.equals("path") ? paths(texts, resolve) : texts);
        }
    }

    /** Makes paths of Unix sockets absolute, except for abstract names (@name). */
    private static List<String> paths(List<String> texts, Function<String, Path> resolve) {
        return texts.stream()
                .map(text -> text.isEmpty() || text.startsWith("@")
                        ? text
                        : resolve.apply(text).toAbsolutePath().normalize().toString())
                .toList();
    }

    /** A builder with the values of options. */
    static ServerSpecBuilder builder(Map<String, List<String>> values) {
        List<String> transport = values.getOrDefault(ServerOption.TRANSPORT, List.of("tcp"));
        ServerSpecBuilder builder = ServerSpec.builder(transport.get(0));
        values.forEach((name, texts) -> {
            if (!name.equals(ServerOption.TRANSPORT)) {
                set(builder, name, texts, Path::of);
            }
        });
        CertificateFiles.set(builder, values, Path::of);
        return builder;
    }
}
