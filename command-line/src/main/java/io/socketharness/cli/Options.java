package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Builds servers from options, whose refusals are wrong usage. */
final class Options {

    private Options() {}

    static ServerSpecBuilder builder(Map<String, List<String>> values) {
        return checked("", () -> ServerArguments.builder(values));
    }

    static ServerSpec built(ServerSpecBuilder builder) {
        return checked("", builder::build);
    }

    /** Makes a value. The message of a refusal begins with a prefix, such as the name of the option. */
    static <T> T checked(String prefix, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw new UsageException(prefix + refused.getMessage());
        }
    }
}
