package io.socketharness.internal.script.engine;

import io.socketharness.script.ConnectionTls;
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
        connection.conversation().startTls(true, limit);
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
        connection.conversation().requireHello();
    }

    @Override
    public void corruptNextRecord() {
        transport().corruptNext();
        connection.conversation().requireHello();
    }

    @Override
    public void truncate() {
        transport().truncate();
        connection.conversation().requireHello();
    }

    private TlsTransport transport() {
        return connection.conversation().transport().tls();
    }
}
