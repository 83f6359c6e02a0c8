package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.ServerGroup;
import io.socketharness.spi.ServerStart;
import io.socketharness.spi.TestCaptures;
import io.socketharness.spi.TestCaptures.Attachments;
import io.socketharness.spi.TestRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.extension.IStore;
import org.spockframework.runtime.extension.IStore.Namespace;

/** The running servers of one specification or of one iteration, and its first failure. The store closes them. */
final class Servers implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(Servers.class);

    /** The key of the servers in the store. */
    enum Of {
        SPEC,
        ITERATION
    }

    private final ServerGroup<ServerDeclaration> group = new ServerGroup<>();
    private final IStore parent;
    private @Nullable Throwable failure;
    private @Nullable TestCaptures captures;
    private boolean cutShort;

    private Servers(IStore parent) {
        this.parent = parent;
    }

    /**
     * Creates the servers of a specification or iteration that starts. They are also added to the parent store. If the
     * start fails, Spock never closes the store itself, only its parent.
     */
    static Servers begin(Of kind, IMethodInvocation invocation) {
        IStore store = invocation.getStore(NAMESPACE);
        IStore parent = store.getParentStore() == null ? store : store.getParentStore();
        Servers servers = new Servers(parent);
        store.put(kind, servers);
        parent.put(servers, servers);
        return servers;
    }

    static Optional<Servers> existing(Of kind, IMethodInvocation invocation) {
        return Optional.ofNullable(invocation.getStore(NAMESPACE).get(kind, Servers.class));
    }

    void start(
            List<ServerDeclaration> declarations,
            Scope scope,
            PropertiesLock lock,
            TestRun test,
            @Nullable SweepIteration sweep) {
        declarations.forEach(
                declaration -> group.start(declaration, () -> start(declaration, scope, lock, test, sweep)));
    }

    private static FakeServer start(
            ServerDeclaration declaration,
            Scope scope,
            PropertiesLock lock,
            TestRun test,
            @Nullable SweepIteration sweep) {
        return ServerStart.start(
                SpockFramework.INSTANCE,
                declaration,
                () -> {
                    ServerSpec declared =
                            lock.checked(declaration.spec(lock.spec().getReflection()));
                    return sweep == null ? declared : sweep.applied(declared);
                },
                scope.running().values(),
                test,
                sweep == null ? null : sweep.runOf(declaration));
    }

    /** The captures of the feature or specification. */
    synchronized TestCaptures captures(IMethodInvocation invocation) {
        TestCaptures known = captures;
        if (known == null) {
            known = new TestCaptures(TestRuns.of(invocation), Attachments.NONE);
            captures = known;
        }
        return known;
    }

    Map<ServerDeclaration, FakeServer> running() {
        return group.running();
    }

    /** Notes the failure or the abort of the feature or specification. Only the first one is reported. */
    synchronized void failed(Throwable own) {
        if (failure == null) {
            failure = own;
        }
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Notes that a feature did not run to its end, so that it may not have used all steps of the servers. */
    synchronized void cutShort() {
        cutShort = true;
    }

    synchronized boolean wasCutShort() {
        return cutShort || failure != null;
    }

    /** Closes the servers and removes them from the parent store. */
    void end() {
        close();
        parent.remove(this);
    }

    @Override
    public void close() {
        group.close();
    }
}
