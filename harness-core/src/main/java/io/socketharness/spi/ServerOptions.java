package io.socketharness.spi;

import io.socketharness.ServerSpecBuilder;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.spec.ServerOption;
import java.util.List;
import java.util.Set;

/** The options of a server by name, with text as their values, as a command line or a file contains them. */
public final class ServerOptions {

    private ServerOptions() {}

    /**
     * Returns the names of all options: those of the {@link ServerSpecBuilder} methods that {@link AnnotatedServer} lists.
     *
     * @return names such as {@code recordingLimit}
     */
    public static List<String> names() {
        return ServerOption.names(ServerOption.ALL);
    }

    /**
     * Returns whether an option has several values, such as {@code network}.
     *
     * @param name the name of an option
     * @return false for one value
     * @throws IllegalArgumentException if no option has that name
     */
    public static boolean isList(String name) {
        return option(name).isList();
    }

    /**
     * Sets an option.
     *
     * @param builder the builder of the server
     * @param name the name of the option
     * @param values the values as text: one, unless it {@linkplain #isList has several}
     * @throws IllegalArgumentException if no option has that name, or a value is invalid; the message says what was found
     *     and what is allowed
     */
    public static void set(ServerSpecBuilder builder, String name, List<String> values) {
        ServerOption option = option(name);
        if (!option.isList() && values.size() != 1) {
            throw new IllegalArgumentException(name + " has " + values.size() + " values; one is allowed");
        }
        option.set(builder, option.isList() ? values.toArray(String[]::new) : values.get(0));
    }

    private static ServerOption option(String name) {
        Set<ServerOption> all = ServerOption.ALL;
        return ServerOption.find(all, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown option \"" + name + "\"; " + KnownWords.hint(name, ServerOption.names(all))));
    }
}
