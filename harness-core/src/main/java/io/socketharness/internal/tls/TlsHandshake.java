package io.socketharness.internal.tls;

import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.recording.TlsFailure.Reason;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The handshake, from the client's first bytes until TLS is established. It never waits. One thread at a time drives
 * it.
 */
final class TlsHandshake {

    /** Twice the limit of the JDK, to include record headers. */
    private static final int MOST_HELLO = 1 << 16;

    private final SSLEngine engine;
    private final TlsInput input;
    private final TlsOutput output;
    private final ServerFlight flight = new ServerFlight();
    private boolean begun;
    private boolean done;
    private @Nullable IOException reset;

    TlsHandshake(SSLEngine engine, TlsInput input, TlsOutput output) {
        this.engine = engine;
        this.input = input;
        this.output = output;
    }

    /** Reads the client's hello, and keeps it for {@link #advance}; empty while it is incomplete. */
    Optional<ClientHello> readHello() throws IOException {
        try {
            while (true) {
                requireTls();
                Optional<ClientHello> hello = peekHello();
                if (hello.isPresent() || !fill()) {
                    return hello;
                }
            }
        } catch (SSLException failed) {
            throw HandshakeFailure.of(failed, Optional.empty(), engine);
        }
    }

    private Optional<ClientHello> peekHello() throws IOException {
        TlsRecords seen = new TlsRecords();
        ByteBuffer incoming = input.incoming();
        ByteBuffer view = incoming.duplicate();
        for (int whole = input.wholeRecord(view);
                whole > 0 && seen.hello().isEmpty();
                whole = input.wholeRecord(view)) {
            requireNoAlert(view);
            if (!TlsRecords.isHandshake(view)) {
                throw new BadRecord("a record of type " + view.get(view.position()) + " in the middle of its hello");
            }
            seen.see(view);
            view.position(view.position() + whole);
        }
        if (seen.hello().isEmpty() && view.position() - incoming.position() > MOST_HELLO) {
            throw new BadRecord("a hello that does not end within " + MOST_HELLO + " bytes");
        }
        return seen.hello();
    }

    private static void requireNoAlert(ByteBuffer in) throws TlsException {
        OptionalInt alert = TlsRecords.alert(in);
        if (alert.isPresent()) {
            throw new TlsException(HandshakeFailure.refusal(alert.getAsInt()));
        }
    }

    private void requireTls() throws TlsException {
        requireNoAlert(input.incoming());
        if (!input.hasBegun() && opening() == TlsRecords.Opening.OTHER) {
            Bytes found = Bytes.of(input.unread());
            throw new TlsException(new TlsFailure(
                    Reason.NO_TLS,
                    found.size() > 60 ? found.slice(0, 60) + "… (" + found.size() + " bytes)" : found.toString()));
        }
    }

    private TlsRecords.Opening opening() {
        return TlsRecords.opening(input.incoming());
    }

    /** Whether a part of the client's hello has arrived. */
    boolean hasBegun() {
        return input.hasBegun() || input.incoming().hasRemaining() && opening() != TlsRecords.Opening.OTHER;
    }

    /** Removes the bytes before the client's hello that are not TLS. */
    byte[] dropClear() {
        if (input.hello().isPresent()) {
            return new byte[0];
        }
        ByteBuffer incoming = input.incoming();
        ByteBuffer rest = incoming.duplicate();
        while (TlsRecords.opening(rest) == TlsRecords.Opening.OTHER) {
            rest.position(rest.position() + 1);
        }
        byte[] dropped = new byte[rest.position() - incoming.position()];
        incoming.get(dropped);
        return dropped;
    }

    /** Continues as far as possible without waiting. */
    TlsChannel.Progress advance() throws TlsException {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            return drive();
        } catch (TlsException failed) {
            throw failed;
        } catch (SSLException failed) {
            output.sendAlert();
            throw HandshakeFailure.of(failed, input.hello(), engine);
        } catch (RuntimeException defect) {
            throw new TlsException(new TlsFailure(Reason.REFUSED_BY_SERVER, defect.toString()), defect);
        } catch (IOException gone) {
            input.end();
            throw new TlsException(new TlsFailure(Reason.RESET_BY_CLIENT), gone);
        }
    }

    private TlsChannel.Progress drive() throws IOException {
        while (true) {
            if (!flushIfHeard()) {
                return TlsChannel.Progress.NEEDS_OUTPUT;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks(engine);
                case NEED_WRAP -> {
                    output.wrap(TlsOutput.NOTHING);
                    flight.see(output.pending());
                }
                case NEED_UNWRAP -> {
                    requireTls();
                    if (!input.unwrap() && !fill()) {
                        return TlsChannel.Progress.NEEDS_INPUT;
                    }
                }
                default -> {
                    done = true;
                    input.established(engine.getSession().getProtocol());
                    return TlsChannel.Progress.DONE;
                }
            }
        }
    }

    static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /**
     * Writes pending records if the client is there. A client that sends its message and leaves does not wait for the
     * session ticket: its message must still be read.
     */
    private boolean flushIfHeard() {
        try {
            return output.flush();
        } catch (IOException gone) {
            reset = gone;
            output.drop();
            return true;
        }
    }

    /** Reads pending input; false if there is none. The client must not end during the handshake. */
    private boolean fill() throws IOException {
        int count = input.fill();
        if (count < 0 && !done) {
            IOException before = reset;
            if (before != null) {
                throw before;
            }
            if (hasBegun()) {
                throw new TlsException(new TlsFailure(Reason.CLOSED_BY_CLIENT));
            }
        }
        return count > 0;
    }

    /** The outcome, once it is complete. */
    Handshake outcome() {
        return HandshakeFailure.outcome(
                engine, flight.isResumed(), input.hello().flatMap(ClientHello::serverName));
    }

    /** Whether the client offered a session to resume. */
    boolean isSessionOffered() {
        return input.hello().filter(ClientHello::offersSession).isPresent();
    }
}
