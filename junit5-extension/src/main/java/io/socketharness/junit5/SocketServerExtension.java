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
 * Starts a fake server whose script is written in Java: {@link SocketServer} for what an annotation cannot hold.
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
 * <p>In a static field it is one server for the class and its nested classes, in an instance field each test gets one;
 * they live and are judged as those of {@link SocketServer} on such fields are. Parameters get the server by {@link
 * FromServer}; without a name of its own it has that of the field.
 *
 * <p>One object has one server at a time: tests that share one and run at the same time are refused. A server of a static
 * field is refused where its tests can run at the same time, unless it is not strict.
 */
public final class SocketServerExtension
        implements TestInstancePreConstructCallback,
                BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                FirstCauseHandler {

    private final ServerSpec spec;

    /** The one thing outside of the Store, which {@link #server()} could not ask; it is never judged or closed by this. */
    private @Nullable FakeServer current;

    private SocketServerExtension(ServerSpec spec) {
        this.spec = spec;
    }

    /**
     * Makes an extension for a field with {@code @RegisterExtension}.
     *
     * @param url what to start, see {@link ServerSpec#parse}, such as {@code tcp:} or {@code udp://[::1]:0}
     * @param steps what the server does on every connection, in order; none to record, and to be given scripts later
     * @return the extension
     * @throws IllegalArgumentException if the URL or a step is wrong, or the transport cannot do a step
     */
    public static SocketServerExtension of(String url, Behaviour... steps) {
        return of(ServerSpec.parse(url), steps);
    }

    /**
     * Makes an extension for a field with {@code @RegisterExtension}.
     *
     * @param spec what to start
     * @param steps what the server does on every connection, in order, in place of the specification's own script; none
     *     for that
     * @return the extension
     * @throws IllegalArgumentException if a step is wrong, or the transport cannot do it
     */
    public static SocketServerExtension of(ServerSpec spec, Behaviour... steps) {
        return new SocketServerExtension(
                steps.length == 0
                        ? spec
                        : spec.toBuilder().script(Script.of(steps)).build());
    }

    /**
     * The server of the test that runs, or ran last; of a static field, that of the class.
     *
     * @return the server
     * @throws IllegalStateException if there has been none yet
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

    /** The call that makes it. */
    @Override
    public String toString() {
        return "SocketServerExtension.of(\"" + spec + "\")";
    }
}
