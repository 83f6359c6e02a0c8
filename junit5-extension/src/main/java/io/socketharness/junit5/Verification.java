package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.spi.VerificationResult;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Verifies the servers when a test or a class has ended. */
final class Verification {

    private Verification() {}

    /** Servers of the test are verified in full, those of the classes around for what has gone wrong in the test. */
    static void afterTest(ExtensionContext context) {
        if (!Servers.of(context).isFirstVerification()) {
            return;
        }
        Scope scope = new Scope(context);
        if (SharedServers.refused(context).isPresent()) {
            // What a server of a class has seen is of the tests that were allowed to use it.
            scope.classContexts().forEach(around -> Servers.existing(around).ifPresent(Servers::cutShort));
            return;
        }
        Optional<Throwable> failure = context.getExecutionException();
        VerificationResult result = new VerificationResult();
        scope.ofClasses().values().forEach(result::verifyNoFailures);
        result.verifyTest(Servers.of(context).running().values(), failure.orElse(null));
        if (failure.isPresent() || result.failure().isPresent()) {
            scope.classContexts().forEach(around -> Servers.existing(around).ifPresent(Servers::cutShort));
        }
        report(result, context, scope.running().values(), failure.orElse(null));
    }

    /** Servers of the class are verified in full, unless a test was cut short: it may have left steps outstanding. */
    static void afterClass(ExtensionContext context) {
        Optional<Servers> servers = Servers.existing(context);
        if (servers.isEmpty() || !servers.get().isFirstVerification()) {
            return;
        }
        Optional<Throwable> failure = context.getExecutionException();
        Collection<FakeServer> all = servers.get().running().values();
        VerificationResult result = new VerificationResult();
        result.verifyClass(all, failure.isPresent() || servers.get().wasCutShort());
        report(result, context, all, failure.orElse(null));
    }

    /** What is thrown here JUnit suppresses in the test's own failure; but an aborted test it would make a failed one. */
    private static void report(
            VerificationResult result,
            ExtensionContext context,
            Collection<FakeServer> servers,
            @Nullable Throwable own) {
        Optional<AssertionError> failure = result.failure();
        if (own != null && VerificationResult.isAbort(own)) {
            failure.ifPresent(own::addSuppressed);
            return;
        }
        if (own != null || failure.isPresent()) {
            servers.forEach(server -> Attachment.publish(context, server));
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
