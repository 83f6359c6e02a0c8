package io.socketharness.internal.server;

import io.socketharness.internal.recording.EventObserver;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.runtime.Injection;
import io.socketharness.internal.script.engine.TransportChannel;

/** Passes the events of a server on to an observer, from its first connection. */
record Observation(EventObserver observer) implements Injection {

    @Override
    public void begins(Recorder recorder) {
        recorder.observer(observer);
    }

    @Override
    public TransportChannel attach(TransportChannel transport, ExchangeRecorder exchange) {
        return transport;
    }
}
