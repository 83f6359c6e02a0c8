package io.socketharness;

import io.socketharness.recording.Event;
import io.socketharness.script.Conversation;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A stream being served, on one thread: it waits for its script, runs it, and reads on until the client closes. */
final class StreamConnection implements Served, Runnable {

    private final StreamWire wire;
    private final StreamTls tls;
    private final Conversation conversation;
    private final StreamListener listener;
    private volatile @Nullable Script script;
    private volatile boolean held;

    StreamConnection(StreamWire wire, StreamTls tls, Conversation conversation, StreamListener listener) {
        this.wire = wire;
        this.tls = tls;
        this.conversation = conversation;
        this.listener = listener;
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    StreamWire wire() {
        return wire;
    }

    @Override
    public void serve(Script newScript) {
        script = newScript;
        wire.wakeAll();
    }

    @Override
    public void hold() {
        held = true;
        wire.wakeAll();
    }

    @Override
    public void run() {
        try {
            Script toRun = script == null ? awaitScript() : script;
            if (toRun != null) {
                if (!toRun.beginsWithTls()) {
                    wire.secure();
                }
                conversation.serve(toRun);
                listener.served(this);
                readOn();
            } else if (held) {
                wire.drain(() -> !wire.isOpen() || tls.hasFailed());
                wire.close();
            } else {
                breakOff();
            }
        } catch (ServerClosed closed) {
            // nothing is left to do
        } catch (Throwable thrown) {
            listener.cannotServe(this, thrown);
        } finally {
            wire.end();
        }
    }

    /** Reads on until there is a script, or a test thread takes over: for so long only where all scripts are used up. */
    private @Nullable Script awaitScript() {
        BooleanSupplier claimed = () -> script != null || held || tls.hasFailed();
        wire.secure();
        wire.unlimited(true);
        wire.drain(() -> claimed.getAsBoolean() || listener.isScripted());
        if (!wire.until(claimed, System.nanoTime() + listener.patience().toNanos())) {
            listener.giveUp(this);
        } else if (script == null && !held) {
            listener.withdraw(this);
        }
        wire.unlimited(false);
        return script;
    }

    @Override
    public void scripted() {
        wire.wakeAll();
    }

    /** After the script: until the client closes, what comes is unexpected, unless the script has closed the connection. */
    private void readOn() {
        if (!conversation.failIfUnexpected()) {
            wire.unlimited(true);
            wire.drain(
                    () -> wire.clientEnded() || tls.hasFailed() || !wire.isOpen() || conversation.failIfUnexpected());
        }
        if ((conversation.hasFailed() || tls.hasFailed()) && wire.isOpen()) {
            breakOff();
        }
    }

    /** A FIN once what came is read, so that the client fails soon. */
    private void breakOff() {
        wire.takeInAll();
        wire.close();
    }

    @Override
    public boolean isOpen() {
        return wire.isOpen() && !conversation.exchange().has(Event.Kind.CLOSED);
    }
}
