package io.socketharness.junit5;

import io.socketharness.FakeServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Judges the servers when a test or a class has ended: all of them, whatever the first one says. */
final class Verification {

    private final List<AssertionError> failures = new ArrayList<>();

    private Verification() {}

    /** Servers of the test are judged for all, those of the classes around for what has gone wrong in the test. */
    static void afterTest(ExtensionContext context) {
        if (!Servers.of(context).isFirstJudgement()) {
            return;
        }
        Scope scope = new Scope(context);
        Optional<Throwable> failure = context.getExecutionException();
        Collection<FakeServer> all = scope.running().values();
        Collection<FakeServer> ofClasses = scope.ofClasses().values();

        Verification verification = new Verification();
        for (FakeServer server : all) {
            boolean soFar = failure.isPresent() || ofClasses.contains(server);
            verification.judge(server, soFar ? FakeServer::verifySoFar : FakeServer::verify);
        }
        if (failure.isPresent() || !verification.failures.isEmpty()) {
            scope.classContexts().forEach(around -> Servers.existing(around).ifPresent(Servers::cutShort));
        }
        verification.report(context, all, failure.orElse(null));
    }

    /** Servers of the class are judged for all, unless a test was cut short: it may have owed the rest. */
    static void afterClass(ExtensionContext context) {
        Optional<Servers> servers = Servers.existing(context);
        if (servers.isEmpty() || !servers.get().isFirstJudgement()) {
            return;
        }
        Optional<Throwable> failure = context.getExecutionException();
        boolean soFar = failure.isPresent() || servers.get().wasCutShort();
        Collection<FakeServer> all = servers.get().running().values();
        Verification verification = new Verification();
        all.forEach(server -> verification.judge(server, soFar ? FakeServer::verifySoFar : FakeServer::verify));
        verification.report(context, all, failure.orElse(null));
    }

    private void judge(FakeServer server, Consumer<FakeServer> verify) {
        if (!server.spec().isStrict()) {
            return;
        }
        try {
            verify.accept(server);
        } catch (AssertionError failure) {
            failures.add(failure);
        }
    }

    /** What is thrown here JUnit suppresses in the test's own failure; but an aborted test it would make a failed one. */
    private void report(ExtensionContext context, Collection<FakeServer> servers, @Nullable Throwable own) {
        if (own instanceof TestAbortedException) {
            failures.forEach(own::addSuppressed);
            return;
        }
        if (own != null || !failures.isEmpty()) {
            servers.forEach(server -> Attachment.publish(context, server));
        }
        if (!failures.isEmpty()) {
            AssertionError first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }
}
