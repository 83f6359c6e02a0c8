package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the servers that tests declare. */
public final class ServerStart {

    private ServerStart() {}

    /**
     * Starts a server whose times count from the start of the first one that runs in the same test.
     *
     * @param framework the framework of the test
     * @param server what declares it; messages begin with its subject
     * @param spec makes the specification; may throw {@link IllegalArgumentException}
     * @param others the servers that run in the same test already, those of its classes too
     * @return the server
     * @throws RuntimeException the framework's own: an error if the specification is wrong or the server cannot be started;
     *     an abort if it is unsupported here and its specification says that the test is skipped then
     */
    public static FakeServer start(
            TestFramework<?> framework,
            DeclaredServer server,
            Supplier<ServerSpec> spec,
            Collection<FakeServer> others) {
        ServerSpec made = made(framework, server, spec);
        try {
            return ServerGroup.startBeside(others, made);
        } catch (ServerStartException reason) {
            String message = server.subject() + ": " + reason.getMessage();
            throw reason.isUnsupported() && made.isSkipIfUnsupported()
                    ? framework.abort(message, reason)
                    : error(framework, message, reason);
        }
    }

    private static ServerSpec made(TestFramework<?> framework, DeclaredServer server, Supplier<ServerSpec> spec) {
        try {
            return spec.get();
        } catch (IllegalArgumentException wrong) {
            // Not with the exception itself as the cause: its text would be printed twice.
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
