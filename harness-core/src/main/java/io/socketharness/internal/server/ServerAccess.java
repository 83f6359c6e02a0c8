package io.socketharness.internal.server;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import io.socketharness.internal.recording.EventObserver;
import io.socketharness.internal.runtime.Injection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Access to the internals of a {@link FakeServer}, which registers itself when it is initialized. */
public abstract class ServerAccess {

    private static volatile @Nullable ServerAccess registered;

    protected ServerAccess() {}

    /**
     * Registers the access.
     *
     * @param access of {@link FakeServer}
     */
    public static void register(ServerAccess access) {
        registered = access;
    }

    /**
     * The running server behind a {@link FakeServer}.
     *
     * @param server as tests know it
     * @return its implementation
     */
    public static RunningServer running(FakeServer server) {
        return Objects.requireNonNull(registered).runningOf(server);
    }

    /**
     * Starts a server whose times start at a given moment.
     *
     * @param spec what to start
     * @param origin in terms of {@link System#nanoTime()}
     * @return the server, bound and accepting
     * @throws ServerStartException if it cannot be bound
     */
    public static FakeServer start(ServerSpec spec, long origin) {
        return start(spec, origin, Injection.NONE);
    }

    /** The same, with faults. */
    public static FakeServer start(ServerSpec spec, long origin, Injection injection) {
        ServerAccess access = registered;
        return (access != null ? access : initialized()).startAt(spec, origin, injection);
    }

    /** The same, with an observer of its events. */
    public static FakeServer start(ServerSpec spec, long origin, EventObserver observer) {
        return start(spec, origin, new Observation(observer));
    }

    private static ServerAccess initialized() {
        try {
            Class.forName(FakeServer.class.getName(), true, FakeServer.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Objects.requireNonNull(registered);
    }

    protected abstract RunningServer runningOf(FakeServer server);

    protected abstract FakeServer startAt(ServerSpec spec, long origin, Injection injection);
}
