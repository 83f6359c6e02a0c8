package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.Framing;
import io.socketharness.script.OutputClosed;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends on a conversation: for its script, for code in the place of the script, and for other threads. Other threads
 * send in the framing that the script has after its last send. So a client that got an answer and a thread that knows
 * of it agree on the framing, even if the script has not yet reached the steps after that send.
 */
final class Output {

    private final TransportChannel transport;
    private final ExchangeRecorder recorder;
    private final MissedSends missedSends;
    private final Sender sender;
    /** The settings for other threads. */
    private volatile Settings announced = Settings.INITIAL;
    /** Whether the script has sent something, or tried to. */
    private volatile boolean scriptSends;

    Output(TransportChannel transport, ExchangeRecorder recorder, MissedSends missedSends) {
        this.transport = transport;
        this.recorder = recorder;
        this.missedSends = missedSends;
        this.sender = new Sender(transport);
    }

    /** Sends for a run, within a limit and from another port if there is one. */
    void send(Outgoing message, @Nullable Duration limit, Run run, TransportChannel.@Nullable OtherPort from) {
        attempt(
                run,
                () -> sender.send(
                        of(run, message), Input.deadline(limit), run.settings().drip(), from));
    }

    /** Sends in one write what this thread sends in {@code sends}. */
    void batch(Runnable sends, @Nullable Duration limit, Run run) {
        attempt(run, () -> sender.batch(sends, limit, run.settings().drip()));
    }

    private void attempt(Run run, Runnable send) {
        try {
            send.run();
        } catch (ClientGone gone) {
            if (!missedSends.codeContinues()) {
                throw gone;
            }
        } finally {
            if (!scriptSends && !run.isOutside()) {
                scriptSends = transport.lackOfTls().isEmpty();
            }
        }
    }

    private Outgoing of(Run run, Outgoing message) {
        return new Outgoing() {
            @Override
            public byte[] bytes(int ahead) {
                run.requireNotOver();
                return message.bytes(ahead);
            }

            @Override
            public void sent() {
                message.sent();
                if (run.serves()) {
                    announce(UpcomingSettings.after(run));
                }
            }

            @Override
            public void notSent() {
                message.notSent();
            }
        };
    }

    /** Sends the same bytes to all open conversations of a server. */
    static void broadcast(byte[] bytes, Conversation from) {
        // one deadline for all: many clients that do not read take no longer than one
        long deadline = Input.deadline(from.timeout());
        for (Conversation to : from.server().openConversations()) {
            to.output().sendBroadcast(ahead -> bytes, deadline);
        }
    }

    /** Sends a message to all open conversations of a server, to each in its framing. */
    static void broadcastMessage(byte[] message, Conversation from) {
        long deadline = Input.deadline(from.timeout());
        for (Conversation to : from.server().openConversations()) {
            Output output = to.output();
            output.sendBroadcast(new FramedMessage(message, output::framingOfBroadcast, to.exchange()), deadline);
        }
    }

    private @Nullable Framing framingOfBroadcast() {
        Framing framing = announced.framing();
        if (framing == null && !recorder.exchange().isDatagrams()) {
            throw new UnsupportedOperationException("the connection has no framing");
        }
        return framing;
    }

    private void sendBroadcast(Outgoing message, long deadline) {
        try {
            sender.send(message, deadline, null);
        } catch (ClientGone
                | OutputClosed
                | DeadlineExceeded
                | UnsupportedOperationException
                | UncheckedIOException passedOver) {
            recorder.event(Event.Kind.NOT_SENT, "broadcast not sent: " + passedOver.getMessage());
        }
    }

    /** Sets the settings for other threads, if they are those of the run that serves the conversation. */
    void announce(Run run, Settings settings) {
        if (run.serves()) {
            announced = settings;
        }
    }

    /** Sets the settings for other threads, before the script begins. */
    void announce(Settings settings) {
        announced = settings;
    }

    /** The settings for other threads. The script's time limit and the pieces of its sends are its own. */
    Settings forOthers() {
        return announced.withDrip(null).within(null);
    }

    boolean isUsed() {
        return scriptSends;
    }
}
