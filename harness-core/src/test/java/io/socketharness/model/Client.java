package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client on sockets of the JDK, which keeps what it gets. */
abstract class Client implements AutoCloseable {

    /** What the client got of the socket in place of what it was to get, or null. */
    private @Nullable IOException thrown;

    /** What it got: on a stream, in one piece. */
    abstract List<Bytes> got();

    abstract void send(Bytes piece) throws IOException;

    /** Reads until it has got so much as these are, or the server ends. */
    abstract void read(List<Bytes> all) throws IOException;

    abstract void end(ClientEnd end) throws IOException;

    @Override
    public abstract void close();

    @Nullable
    IOException thrown() {
        return thrown;
    }

    /** Does what the plan says, but for an end that comes after the judgement. */
    void run(ClientPlan plan, List<Step> script, boolean datagrams) {
        attempt(() -> {
            int sent = 0;
            for (Bytes piece : plan.pieces()) {
                if (plan.pace() == ClientPlan.Pace.WAITS_FOR_EACH_ANSWER) {
                    read(plan.answers(script, sent, datagrams));
                }
                send(piece);
                sent++;
            }
            if (plan.pace() != ClientPlan.Pace.SENDS_ALL_AT_ONCE) {
                read(plan.answers(script, sent, datagrams));
            }
        });
        attempt(() -> end(plan.end()));
    }

    void attempt(Action action) {
        try {
            action.run();
        } catch (IOException failed) {
            if (thrown == null) {
                thrown = failed;
            }
        }
    }

    interface Action {
        void run() throws IOException;
    }
}
