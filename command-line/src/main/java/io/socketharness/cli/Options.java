package io.socketharness.cli;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import java.util.List;
import java.util.Map;

/** Builds servers from options, whose refusals are wrong usage. */
final class Options {

    private Options() {}

    static ServerSpecBuilder builder(Map<String, List<String>> values) {
        try {
            return ServerArguments.builder(values);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()));
        }
    }

    static ServerSpec built(ServerSpecBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()));
        }
    }

    /** Sets the real server. */
    static ServerSpecBuilder checked(ServerSpecBuilder builder, String option, String realServer) {
        try {
            return builder.forwardTo(realServer);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(option + ": " + refused.getMessage());
        }
    }
}
