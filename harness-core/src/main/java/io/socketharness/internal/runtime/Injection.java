package io.socketharness.internal.runtime;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.script.engine.TransportChannel;

/** Stands between the scripts of a server and its connections, to inject faults or to observe. */
public interface Injection {

    /** Injects nothing. */
    Injection NONE = (transport, exchange) -> transport;

    /**
     * Returns the channel that a connection uses.
     *
     * @param transport the channel of the connection
     * @param exchange its recorder
     */
    TransportChannel attach(TransportChannel transport, ExchangeRecorder exchange);

    /** Called before the server is bound. */
    default void begins(Recorder recorder) {}

    /** Called when a connection is open, before it gets its script. */
    default void opened(ExchangeRecorder exchange) {}
}
