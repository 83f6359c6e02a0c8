package io.socketharness.internal.stream;

import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.script.engine.ScriptRequirements;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream connection and its thread: it waits for its script, runs it, and reads until the client closes. If the
 * client ends before a script or test gets the connection, the thread ends, and a later script or test starts another.
 */
final class StreamConnection implements ServerConnection, Runnable {

    private final StreamTransport transport;
    private final StreamTls tls;
    private final Conversation conversation;
    private final StreamListener listener;
    private volatile @Nullable Script script;
    private volatile boolean held;
    /** Whether a thread serves it. */
    private boolean attended = true;
    /**
     * Without a thread: until when it is kept, and whether it waits that long for a script because the server has
     * scripts.
     */
    private long keptUntil;

    private boolean patienceCounts;

    StreamConnection(StreamTransport transport, StreamTls tls, Conversation conversation, StreamListener listener) {
        this.transport = transport;
        this.tls = tls;
        this.conversation = conversation;
        this.listener = listener;
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    StreamTransport transport() {
        return transport;
    }

    @Override
    public void serve(Script newScript) {
        boolean first;
        synchronized (this) {
            script = newScript;
            first = !attended;
            attended = true;
        }
        if (first) {
            listener.attend(this);
        } else {
            transport.wakeAll();
        }
    }

    @Override
    public void hold() {
        synchronized (this) {
            held = true;
        }
        transport.wakeAll();
    }

    @Override
    public void run() {
        boolean stays = false;
        try {
            stays = attend();
        } catch (ServerClosed closed) {
            // nothing is left to do
        } catch (Throwable thrown) {
            listener.cannotServe(this, thrown);
        } finally {
            if (!stays) {
                transport.end();
            }
        }
    }

    /** Serves it; returns whether it stays open without a thread, for a later script or test. */
    private boolean attend() {
        while (script == null && !held && !tls.hasFailed()) {
            if (!awaitClaim()) {
                listener.giveUp(this);
                break;
            }
            // after a failed handshake no script or test can get it
            if (!tls.hasFailed() && isEnded() && leave()) {
                return true;
            }
        }
        if (script == null && !held) {
            listener.withdraw(this);
        }
        Script toRun = script;
        if (toRun != null) {
            serveScript(toRun);
            return false;
        }
        return held ? readForHolder() : breakOff();
    }

    /**
     * Reads until a script or test gets it, or the client ends. If all scripts are used up, it waits only for a limited
     * time.
     */
    private boolean awaitClaim() {
        BooleanSupplier over = () -> script != null || held || tls.hasFailed() || isEnded() || isBeyondTape();
        transport.secure();
        transport.input().unlimited(true);
        transport.drain(() -> over.getAsBoolean() || listener.isScripted());
        boolean inTime = transport.until(
                over, System.nanoTime() + listener.patienceForScripts().toNanos());
        transport.input().unlimited(false);
        return inTime && !isBeyondTape();
    }

    /** Whether the client has sent data, but all connections of the tape are used: no script will come. */
    private boolean isBeyondTape() {
        return script == null
                && !held
                && listener.isTapeUsed()
                && transport.input().hasArrived();
    }

    private boolean isEnded() {
        return transport.input().isInputDone() || !transport.isOpen();
    }

    /** Releases the thread and its selectors, unless a script or test got it in the meantime. */
    private boolean leave() {
        synchronized (this) {
            if (script != null || held) {
                return false;
            }
            attended = false;
        }
        transport.rest();
        keep();
        return true;
    }

    private void keep() {
        long until = System.nanoTime() + listener.patienceForScripts().toNanos();
        synchronized (this) {
            keptUntil = until;
            patienceCounts = listener.isScripted();
        }
        listener.keep(this, until);
    }

    /** Ends a connection that no script or test got in time. */
    void expire(long until) {
        synchronized (this) {
            if (attended || held || keptUntil != until) {
                return;
            }
        }
        if (listener.isScripted()) {
            listener.giveUp(this);
        }
        transport.abandon();
    }

    @Override
    public void scripted() {
        boolean counts;
        synchronized (this) {
            counts = attended || patienceCounts;
        }
        if (counts) {
            transport.wakeAll();
        } else {
            keep();
        }
    }

    private void serveScript(Script toRun) {
        if (!ScriptRequirements.beginsWithTls(toRun)) {
            transport.secure();
        }
        conversation.serve(toRun);
        listener.served(this);
        readOn();
    }

    /**
     * After the script: reads until the client closes. Input is unexpected, unless the script has closed the
     * connection.
     */
    private void readOn() {
        if (!conversation.completion().failIfUnexpected()) {
            transport.input().unlimited(true);
            transport.drain(() -> transport.input().clientEnded()
                    || tls.hasFailed()
                    || !transport.isOpen()
                    || conversation.completion().failIfUnexpected());
        }
        if ((conversation.completion().hasFailed() || tls.hasFailed()) && transport.isOpen()) {
            breakOff();
        }
    }

    /** Reads for the test thread that holds it, until the input ends; that thread can still answer. */
    private boolean readForHolder() {
        // a test may hold it before this thread begins
        transport.secure();
        transport.drain(() -> tls.hasFailed() || isEnded());
        if (tls.hasFailed()) {
            transport.close(Long.MAX_VALUE);
            return false;
        }
        transport.rest();
        return true;
    }

    /** Sends a FIN after pending input is read, so that the client fails soon. */
    private boolean breakOff() {
        transport.input().drain();
        transport.close(Long.MAX_VALUE);
        return false;
    }

    @Override
    public void simulateNetwork() {
        if (transport.isOpen()) {
            transport.conditions().simulate();
        }
    }

    @Override
    public boolean hasInputOnItsWay() {
        return transport.conditions().hasInputOnItsWay();
    }

    @Override
    public boolean isOpen() {
        return transport.isOpen() && !conversation.exchange().has(Event.Kind.CLOSED);
    }
}
