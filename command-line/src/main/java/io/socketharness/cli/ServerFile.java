package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.script.Script;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML file with several servers.
 *
 * <pre>
 * servers:
 *   mail:
 *     port: 2525
 *     script: smtp.script
 *     network: [latency 150ms]
 *   cache:
 *     tape: redis.tape
 * </pre>
 *
 * <p>The values are read as text, so that a umask such as 0177 stays what it is.
 */
final class ServerFile {

    static final List<String> CONTENT = List.of("script", "scripts", "tape", "mask", "forwardTo");

    /** A name is a word of the ready line. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final Path file;
    private final boolean hasClient;
    private final Map<String, String> variables;

    private ServerFile(Path file, boolean hasClient, Map<String, String> variables) {
        this.file = file;
        this.hasClient = hasClient;
        this.variables = variables;
    }

    /** Whether a file is one, by its name. */
    static boolean isOne(Path file) {
        String name = file.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** Reads the servers. Files are relative to the directory of this one. */
    static List<PlannedServer> read(Path file, boolean hasClient, Map<String, String> variables) {
        return new ServerFile(file, hasClient, variables).read();
    }

    private List<PlannedServer> read() {
        String text = Problems.reading(file, () -> Files.readString(file));
        Node root;
        try {
            root = new Compose(LoadSettings.builder().setLabel(file.toString()).build())
                    .composeReader(new StringReader(text))
                    .orElseThrow(() -> new UsageException(file + ": is empty; " + allowed()));
        } catch (MarkedYamlEngineException wrong) {
            throw new UsageException(place(wrong.getProblemMark()) + wrong.getProblem());
        } catch (ReaderException wrong) {
            throw new UsageException(String.format(
                    "%s: found the character U+%04X, which YAML does not allow", file, wrong.getCodePoint()));
        } catch (StackOverflowError deep) {
            throw new UsageException(file + ": is nested too deeply; " + allowed());
        } catch (YamlEngineException wrong) {
            throw new UsageException(file + ": "
                    + String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
        }
        List<PlannedServer> servers = new ArrayList<>();
        Map<String, Node> top = mapping(root, "the file");
        top.forEach((name, node) -> {
            if (!name.equals("servers")) {
                throw wrong(node, "found \"" + name + "\"; " + allowed());
            }
            Map<String, String> names = new HashMap<>();
            mapping(node, "servers").forEach((server, options) -> {
                if (!NAME.matcher(server).matches()) {
                    throw wrong(
                            options, "found the name \"" + server + "\"; letters, digits and . _ - are allowed in it");
                }
                String other = names.put(ClientEnvironment.prefix(server), server);
                if (other != null) {
                    throw wrong(
                            options,
                            "servers \"" + other + "\" and \"" + server + "\" have the same variables, "
                                    + ClientEnvironment.prefix(server) + "URL and others; rename one of them");
                }
                servers.add(server(server, options));
            });
        });
        if (servers.isEmpty()) {
            throw wrong(root, "no server; " + allowed());
        }
        return servers;
    }

    private static String allowed() {
        return "a file has \"servers:\", and below it the name of each server with its options";
    }

    private PlannedServer server(String name, Node node) {
        Map<String, Node> options = mapping(node, "server " + name);
        Map<String, List<String>> values = new LinkedHashMap<>();
        options.forEach((option, value) -> {
            if (!CONTENT.contains(option)) {
                values.put(option, texts(value));
            }
        });
        ServerSpecBuilder builder = builder(options, values).name(name).strict(false);
        if (!hasClient) {
            ServeCommand.withoutClient(builder, values);
        }
        @Nullable Node script = options.get("script");
        @Nullable Node tape = options.get("tape");
        @Nullable Node forward = options.get("forwardTo");
        if (options.containsKey("mask") && tape == null) {
            throw wrong(node, name + ": found mask without tape");
        }
        if (Stream.of(script, tape, forward).filter(Objects::nonNull).count() > 1) {
            throw wrong(node, name + ": found several of script, tape and forwardTo; one of them is allowed");
        }
        Node scripts = options.get("scripts");
        if (scripts != null) {
            builder.scripts(nodes(scripts).stream()
                    .map(one -> ScriptFiles.script(resolve(one), variables))
                    .toList());
        }
        if (tape != null) {
            List<String> masks = options.containsKey("mask") ? texts(options.get("mask")) : List.of();
            builder.tape(ScriptFiles.tape(resolve(tape), masks));
        }
        if (forward != null) {
            builder.forwardTo(text(forward));
        }
        Optional<Path> file = Optional.ofNullable(script).map(this::resolve);
        file.ifPresent(one -> builder.script(ScriptFiles.script(one, variables)));
        ServerSpec spec;
        try {
            spec = builder.build();
        } catch (IllegalArgumentException refused) {
            throw wrong(node, name + ": " + refused.getMessage());
        }
        return new PlannedServer(name, spec, file, () -> reload(file));
    }

    private Script reload(Optional<Path> script) {
        return ScriptFiles.script(script.orElseThrow(), variables);
    }

    /** Sets the options one by one, to say the line of one that is refused. */
    private ServerSpecBuilder builder(Map<String, Node> options, Map<String, List<String>> values) {
        List<String> transport = values.getOrDefault(ServerOption.TRANSPORT, List.of("tcp"));
        ServerSpecBuilder[] builder = new ServerSpecBuilder[1];
        String place = ServerOption.TRANSPORT;
        try {
            if (transport.size() != 1) {
                throw new IllegalArgumentException("transport has " + transport.size() + " values; one is allowed");
            }
            builder[0] = ServerSpec.builder(transport.get(0));
            for (Map.Entry<String, List<String>> one : values.entrySet()) {
                place = one.getKey();
                if (!place.equals(ServerOption.TRANSPORT)) {
                    requireKnown(place);
                    ServerArguments.set(builder[0], place, one.getValue(), file::resolveSibling);
                }
            }
            place = CertificateFiles.place(values);
            CertificateFiles.set(builder[0], values, file::resolveSibling);
        } catch (IllegalArgumentException refused) {
            throw wrong(options.get(place), String.valueOf(refused.getMessage()));
        }
        return builder[0];
    }

    private static void requireKnown(String name) {
        List<String> known = new ArrayList<>(CONTENT);
        ServerOption.ALL.forEach(option -> known.add(option.name()));
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "unknown option \"" + name + "\"; known are " + String.join(", ", known));
        }
    }

    private Path resolve(Node node) {
        try {
            return file.resolveSibling(text(node));
        } catch (InvalidPathException wrong) {
            throw wrong(node, "not the name of a file: " + wrong.getReason());
        }
    }

    private Map<String, Node> mapping(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, what + " must have names and values (name: value); " + allowed());
        }
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = text(entry.getKeyNode());
            if (values.put(name, entry.getValueNode()) != null) {
                throw wrong(entry.getKeyNode(), "found \"" + name + "\" twice");
            }
        }
        return values;
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "found several values where one is allowed");
    }

    private List<String> texts(Node node) {
        return nodes(node).stream().map(this::text).toList();
    }

    private static List<Node> nodes(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    private UsageException wrong(@Nullable Node node, String message) {
        Optional<Mark> mark = node == null ? Optional.empty() : node.getStartMark();
        return new UsageException(place(mark) + message);
    }

    private String place(Optional<Mark> mark) {
        return file + ":" + mark.map(one -> (one.getLine() + 1) + ":").orElse("") + " ";
    }
}
