package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the servers that tests declare. */
public final class ServerStart {

    private ServerStart() {}

    /**
     * Starts a server. Its times are relative to the start of the first server of the same test.
     *
     * @param framework the framework of the test
     * @param server the declaration of the server, with which messages begin
     * @param spec creates the specification; may throw {@link IllegalArgumentException}
     * @param others the servers that already run in the same test, including those of its classes
     * @param test the run that the server is for; it determines the tape of the server
     * @return the server
     * @throws RuntimeException the framework's exception: an error if the specification is invalid or the server cannot
     *     be started; an abort if this machine does not support the server and its specification skips the test then
     */
    public static FakeServer start(
            TestFramework<?> framework,
            DeclaredServer server,
            Supplier<ServerSpec> spec,
            Collection<FakeServer> others,
            TestRun test) {
        return start(framework, server, spec, others, test, null);
    }

    /**
     * Starts a server, with the fault of a sweep.
     *
     * @param framework the framework of the test
     * @param server the declaration of the server, with which messages begin
     * @param spec creates the specification; may throw {@link IllegalArgumentException}
     * @param others the servers that already run in the same test, including those of its classes
     * @param test the run that the server is for; it determines the tape of the server
     * @param sweep the run of the sweep; null for a server that is not swept
     * @return the server
     * @throws RuntimeException the framework's exception, as for a server without a sweep
     */
    public static FakeServer start(
            TestFramework<?> framework,
            DeclaredServer server,
            Supplier<ServerSpec> spec,
            Collection<FakeServer> others,
            TestRun test,
            @Nullable TestSweepRun sweep) {
        ServerSpec declared = configured(framework, server, spec);
        Optional<TapePlan> tape = configured(framework, server, () -> TapePlan.of(server, test));
        ServerSpec made = configured(
                framework, server, () -> tape.map(plan -> plan.apply(declared)).orElse(declared));
        try {
            FakeServer started = sweep == null
                    ? ServerGroup.startBeside(others, made)
                    : sweep.start(made, ServerGroup.origin(others));
            configured(framework, server, () -> {
                tape.ifPresent(plan -> plan.started(started));
                return started;
            });
            return started;
        } catch (ServerStartException reason) {
            String message = server.subject() + ": " + reason.getMessage();
            throw reason.isUnsupported() && made.isSkipIfUnsupported()
                    ? framework.abort(message, reason)
                    : error(framework, message, reason);
        }
    }

    private static <T> T configured(TestFramework<?> framework, DeclaredServer server, Supplier<T> configured) {
        try {
            return configured.get();
        } catch (IllegalArgumentException wrong) {
            // The exception itself is not the cause, because its text would be printed twice.
            throw error(framework, server.subject() + ": " + wrong.getMessage(), wrong.getCause());
        }
    }

    /** An error without frames: there are only those of the library and of the framework. */
    private static RuntimeException error(TestFramework<?> framework, String message, @Nullable Throwable cause) {
        RuntimeException error = framework.error(message, cause);
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }
}
