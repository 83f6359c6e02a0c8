package io.socketharness.junit5;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The last invocation of a sweep whose file of known weaknesses is outdated. It fails without running the method. */
final class KnownWeaknessesInvocation implements TestTemplateInvocationContext, BeforeEachCallback {

    private final AssertionError outdated;

    KnownWeaknessesInvocation(AssertionError outdated) {
        this.outdated = outdated;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return "known weaknesses";
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        throw outdated;
    }
}
