package io.socketharness.internal.script.engine;

import io.socketharness.recording.Handshake;
import io.socketharness.script.ConnectionTls;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.tls.TlsAlert;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** TLS on a connection of a script. */
record ScriptTls(ScriptConnection connection, @Nullable Duration limit) implements ConnectionTls {

    private interface Action {
        void run(TlsTransport tls, long from, long deadline);
    }

    @Override
    public void startTolerant() {
        start(true);
    }

    @Override
    public void startResumed() {
        start(false);
        if (!connection.exchange().handshake().map(Handshake::resumed).orElse(false)) {
            throw new ExpectationFailed("expected a resumed session, but the client made a full handshake: "
                    + transport().whyNotResumed());
        }
    }

    /** Establishes TLS. A tolerant start drops unencrypted data before the client's hello. */
    void start(boolean tolerant) {
        Input input = connection.input();
        long dropped = input.waitFor(() -> transport().start(input.position(), tolerant, Input.deadline(limit)));
        input.skip(dropped);
        if (connection.exchange().handshake().isEmpty()) {
            throw input.end("the TLS hello");
        }
    }

    /** Fails if the client left without a hello. */
    private void requireHello() {
        if (connection.conversation().transport().lackOfTls().isPresent()) {
            throw connection.input().end("the TLS hello");
        }
    }

    @Override
    public void awaitHello() {
        atHello(TlsTransport::awaitHello);
    }

    @Override
    public void sendFlight(int bytes) {
        atHello((tls, from, deadline) -> tls.flight(from, bytes, deadline));
    }

    @Override
    public void sendAlert(TlsAlert alert) {
        atHello((tls, from, deadline) -> tls.alert(from, alert, deadline));
    }

    private void atHello(Action action) {
        Input input = connection.input();
        input.waitFor(() -> {
            action.run(transport(), input.position(), Input.deadline(limit));
            return true;
        });
        requireHello();
    }

    @Override
    public void corruptNextRecord() {
        transport().corruptNext();
        requireHello();
    }

    @Override
    public void truncate() {
        transport().truncate();
        requireHello();
    }

    private TlsTransport transport() {
        return connection.conversation().transport().tls();
    }
}
