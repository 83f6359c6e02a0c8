package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Starts a fake server whose script is written in Java, which an annotation such as {@link SocketServer} cannot
 * contain.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SocketServerExtension pong = SocketServerExtension.of("tcp:", expectLine("PING"), sendLine("PONG"));
 *
 * @Test
 * void asks() {
 *     new LineClient(pong.server().address()).ping();
 * }
 * }</pre>
 *
 * <p>In a static field, it is one server for the class and its nested classes. In an instance field, each test gets its
 * own server. Lifetime and verification are those of {@link SocketServer} on such fields. Parameters get the server
 * with {@link FromServer}. Unless the specification has a name, the server has the name of the field.
 *
 * <p>An object has only one server at a time: tests that share it and run at the same time are refused. A server of a
 * static field is refused if its tests can run at the same time, unless it is not strict.
 */
public final class SocketServerExtension
        implements TestInstancePreConstructCallback,
                BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                FirstCauseHandler,
                FailureWatch,
                TimeLimitInterceptor {

    private final ServerSpec spec;

    /**
     * The only state outside of the Store, because {@link #server()} has no access to it. This class does not verify or
     * close it.
     */
    private @Nullable FakeServer current;

    private SocketServerExtension(ServerSpec spec) {
        this.spec = spec;
    }

    /**
     * Returns an extension for a field with {@code @RegisterExtension}.
     *
     * @param url the transport, the address and options, as described at {@link ServerSpec#parse}; such as {@code tcp:}
     *     or {@code udp://[::1]:0}
     * @param steps the steps for every connection, in order; without steps the server records, and scripts can be added
     *     later
     * @return the extension
     * @throws IllegalArgumentException if the URL or a step is invalid, or the transport does not support a step
     */
    public static SocketServerExtension of(String url, Behaviour... steps) {
        return of(ServerSpec.parse(url), steps);
    }

    /**
     * Returns an extension for a field with {@code @RegisterExtension}.
     *
     * @param spec the specification of the server
     * @param steps the steps for every connection, in order; they replace the script of the specification, which is
     *     used if there are no steps
     * @return the extension
     * @throws IllegalArgumentException if a step is invalid, or the transport does not support it
     */
    public static SocketServerExtension of(ServerSpec spec, Behaviour... steps) {
        return new SocketServerExtension(
                steps.length == 0
                        ? spec
                        : spec.toBuilder().script(Script.of(steps)).build());
    }

    /**
     * Returns the server of the current or last test; for a static field, the server of the class.
     *
     * @return the server
     * @throws IllegalStateException if no server was started yet
     */
    public synchronized FakeServer server() {
        if (current == null) {
            throw new IllegalStateException("no server has been started for this extension (" + spec
                    + "); an @RegisterExtension field has one from @BeforeEach on, a static field from @BeforeAll on");
        }
        return current;
    }

    ServerSpec spec() {
        return spec;
    }

    synchronized FakeServer started(Supplier<FakeServer> start) {
        if (current != null && !current.recording().isEnded()) {
            throw new IllegalStateException("found a server that is still running for another test; tests that run"
                    + " in parallel need one extension object each");
        }
        current = start.get();
        return current;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (!new Scope(context).isTest()) {
            beforeAll(context);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Scope scope = new Scope(context);
        Registered.ofClasses(this, scope.testClasses())
                .filter(source -> !scope.ofClasses().containsKey(source))
                .ifPresent(source -> Servers.of(context).start(source, context));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SharedServers.check(context);
        Registered.ofInstances(this, context.getRequiredTestInstances().getAllInstances())
                .ifPresent(source -> Servers.of(context).start(source, context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Verification.afterTest(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Verification.afterClass(context);
    }

    /** Returns a call that creates this extension. */
    @Override
    public String toString() {
        return "SocketServerExtension.of(\"" + spec + "\")";
    }
}
