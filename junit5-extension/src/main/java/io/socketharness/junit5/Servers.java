package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.spi.DeclaredServer;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.ServerGroup;
import io.socketharness.spi.ServerStart;
import io.socketharness.spi.TestCaptures;
import io.socketharness.spi.TimeLimit;
import io.socketharness.spi.VerificationResult;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The running servers of one test or of one class. The Store closes them when the test or the class has ended.
 *
 * <p>It implements two interfaces, because JUnit closes {@code CloseableResource} before 5.13, and
 * {@code AutoCloseable} from then on.
 */
@SuppressWarnings("deprecation")
final class Servers implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    private static final Namespace NAMESPACE = Namespace.create(Servers.class);

    private final ServerGroup<DeclaredServer> group = new ServerGroup<>();
    private boolean cutShort;
    private boolean verified;
    private @Nullable TimeLimit time;
    private @Nullable TestCaptures captures;
    private @Nullable Throwable inside;

    /**
     * Returns the servers of the context itself. The key is the unique id, because a Store also finds values of
     * enclosing contexts.
     */
    static Servers of(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(context.getUniqueId(), id -> new Servers(), Servers.class);
    }

    static Optional<Servers> existing(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(context.getUniqueId(), Servers.class));
    }

    void start(ServerDeclaration declaration, ExtensionContext context) {
        group.start(
                declaration, () -> start(declaration, () -> declaration.spec(context.getRequiredTestClass()), context));
    }

    void start(Registered registered, ExtensionContext context) {
        group.start(registered, () -> registered.start(context));
    }

    /** Starts a server in addition to those that already run in the test or class of a context. */
    static FakeServer start(DeclaredServer server, Supplier<ServerSpec> spec, ExtensionContext context) {
        Optional<RunningSweep> sweep = RunningSweep.of(context);
        return ServerStart.start(
                JUnitFramework.INSTANCE,
                server,
                () -> {
                    ServerSpec declared = PropertiesLock.checked(SeedParameter.applied(spec.get(), context), context);
                    return sweep.map(one -> one.applied(declared)).orElse(declared);
                },
                new Scope(context).running().values(),
                TestRuns.of(context),
                sweep.map(one -> one.runOf(server)).orElse(null));
    }

    /** The captures of the test or class. */
    synchronized TestCaptures captures(ExtensionContext context) {
        TestCaptures known = captures;
        if (known == null) {
            known = new TestCaptures(TestRuns.of(context), new Attachment(context));
            captures = known;
        }
        return known;
    }

    Map<DeclaredServer, FakeServer> running() {
        return group.running();
    }

    /** Notes that a test did not run to its end, so that it may not have used all steps of the servers. */
    synchronized void cutShort() {
        cutShort = true;
    }

    /** Notes the failure of a dynamic test, which the test method itself does not have. */
    synchronized void failedInside(Throwable failure) {
        cutShort = true;
        if (inside == null && !VerificationResult.isAbort(failure)) {
            inside = failure;
        }
    }

    synchronized @Nullable Throwable failureInside() {
        return inside;
    }

    synchronized boolean wasCutShort() {
        return cutShort;
    }

    /**
     * Returns whether this is the first call. Several extensions may try to verify the servers, and only the first one
     * does.
     */
    synchronized boolean isFirstVerification() {
        boolean first = !verified;
        verified = true;
        return first;
    }

    /** Notes the running time of the test. */
    synchronized void started(TimeLimit running) {
        stopTime();
        time = running;
    }

    synchronized void stopTime() {
        if (time != null) {
            time.close();
            time = null;
        }
    }

    @Override
    public void close() {
        group.close();
    }
}
