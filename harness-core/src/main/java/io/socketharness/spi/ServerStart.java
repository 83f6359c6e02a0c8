package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import java.util.Collection;
import java.util.function.Supplier;

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
     * @return the server
     * @throws RuntimeException the framework's exception: an error if the specification is invalid or the server cannot
     *     be started; an abort if this machine does not support the server and its specification skips the test then
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
                    : framework.error(message, reason);
        }
    }

    private static ServerSpec made(TestFramework<?> framework, DeclaredServer server, Supplier<ServerSpec> spec) {
        try {
            return spec.get();
        } catch (IllegalArgumentException wrong) {
            // The exception itself is not the cause, because its text would be printed twice.
            throw framework.error(server.subject() + ": " + wrong.getMessage(), wrong.getCause());
        }
    }
}
