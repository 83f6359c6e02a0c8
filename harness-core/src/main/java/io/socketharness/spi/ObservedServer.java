package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.recording.EventObserver;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import java.util.List;

/** A server whose events a program shows while they happen, such as a command line. */
public final class ObservedServer implements AutoCloseable {

    private final FakeServer server;

    private ObservedServer(FakeServer server) {
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param spec the specification of the server
     * @param origin the origin of the times of its events, in terms of {@link System#nanoTime()}
     * @param observer gets the events
     * @return the server, bound and accepting
     * @throws io.socketharness.ServerStartException if the server cannot be bound
     */
    public static ObservedServer start(ServerSpec spec, long origin, ServerObserver observer) {
        return new ObservedServer(ServerAccess.start(spec, origin, new Observer(observer)));
    }

    /** {@return the server} */
    public FakeServer server() {
        return server;
    }

    /**
     * Verifies the server as {@link FakeServer#verify} does: waits for outstanding steps until the server's timeout.
     *
     * @return the reports of all failures; empty if there are none
     */
    public List<String> verify() {
        try {
            server.verify();
        } catch (AssertionError failed) {
            // the first failure; all of them are below
        }
        return failuresSoFar();
    }

    /**
     * Returns the reports of the failures so far. Waits up to 200 ms for the server to process input that has arrived, and
     * not for the client: outstanding steps are not failures.
     *
     * @return the reports
     */
    public List<String> failures() {
        ServerAccess.running(server).verifier().settle();
        return failuresSoFar();
    }

    /**
     * Returns the reports of the failures so far, without waiting.
     *
     * @return the reports, in the order of time
     */
    public List<String> failuresSoFar() {
        Recorder recorder = ServerAccess.running(server).recorder();
        return recorder.failures().stream()
                .map(Report::text)
                .map(recorder.hidingSecrets())
                .toList();
    }

    /**
     * Returns how many connections there were so far; on datagrams, conversations.
     *
     * @return the number, with those that were {@linkplain #forgetEnded forgotten}
     */
    public int connections() {
        return ServerAccess.running(server).recorder().begun();
    }

    /**
     * Drops the oldest connections that have ended, with their recordings and failures, if there are many: a server that
     * runs for days needs no more memory for each of its connections. A server that replays a tape, or has datagrams,
     * keeps all.
     *
     * @param most how many connections are kept
     */
    public void forgetEnded(int most) {
        ServerAccess.running(server).forgetEnded(most);
    }

    /**
     * Replaces the script that serves every connection, for connections that arrive from now on.
     *
     * @param script the script
     * @throws IllegalArgumentException if the transport does not support it
     */
    public void script(Script script) {
        ServerAccess.running(server).script(script);
    }

    /** Closes the server. */
    @Override
    public void close() {
        server.close();
    }

    private record Observer(ServerObserver observer) implements EventObserver {

        @Override
        public void occurred(int exchange, Event event) {
            observer.occurred(exchange, event);
        }

        @Override
        public void withdrawn(int exchange, int count) {
            observer.withdrawn(exchange, count);
        }
    }
}
