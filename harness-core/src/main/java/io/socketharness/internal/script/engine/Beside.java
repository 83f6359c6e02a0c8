package io.socketharness.internal.script.engine;

import io.socketharness.script.ClientGone;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import java.util.concurrent.CancellationException;

/** Runs a task of a step beside the script. An exception other than for the end of the connection is a failure. */
public final class Beside implements Runnable {

    /** What a step does beside the script. */
    @FunctionalInterface
    public interface Task {
        /** Runs on a thread of its own, with a connection of its own. */
        void run(ScriptConnection connection) throws Exception;
    }

    /** A task that has its connection. */
    interface Body {
        void run() throws Exception;
    }

    private final Conversation conversation;
    private final Step step;
    private final Body body;

    private Beside(Conversation conversation, Step step, Body body) {
        this.conversation = conversation;
        this.step = step;
        this.body = body;
    }

    /** Starts a task of a step beside the script of a connection, on a thread that ends with the server. */
    public static void start(Step step, ScriptConnection connection, Task task) {
        start(step, connection.conversation(), () -> task.run(connection.beside(() -> false)));
    }

    static void start(Step step, Conversation conversation, Body body) {
        conversation.server().converse(conversation, new Beside(conversation, step, body));
    }

    @Override
    public void run() {
        try {
            body.run();
        } catch (ClientGone | OutputClosed | ServerClosed | CancellationException end) {
            // the connection has ended, or the block of the step
        } catch (Exception | Error thrown) {
            conversation.failBeside(step, thrown);
        }
    }
}
