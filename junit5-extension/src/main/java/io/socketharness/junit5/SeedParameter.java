package io.socketharness.junit5;

import io.socketharness.ServerSpec;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The configuration parameter of JUnit, or system property, with the seed of all servers, which repeats a run. */
final class SeedParameter {

    private static final String NAME = "socketharness.seed";

    private SeedParameter() {}

    /** Gives a server the seed, unless it has its own. */
    static ServerSpec applied(ServerSpec spec, ExtensionContext context) {
        Optional<String> text = context.getConfigurationParameter(NAME);
        return text.isEmpty() || spec.seed() != 0
                ? spec
                : spec.toBuilder().seed(seed(text.get())).build();
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "configuration parameter " + NAME + " is \"" + text + "\"; a whole number is allowed");
        }
    }
}
