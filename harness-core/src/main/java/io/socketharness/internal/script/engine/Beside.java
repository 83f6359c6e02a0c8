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
    private final Runnable afterwards;

    private Beside(Conversation conversation, Step step, Body body, Runnable afterwards) {
        this.conversation = conversation;
        this.step = step;
        this.body = body;
        this.afterwards = afterwards;
    }

    /**
     * Starts a task of a step beside the script of a connection, on a thread that ends with the server.
     *
     * @param afterwards runs after the task, when its failure is known
     */
    public static void start(Step step, ScriptConnection connection, Task task, Runnable afterwards) {
        start(connection.conversation(), step, () -> task.run(connection.beside(() -> false)), afterwards);
    }

    static void start(Step step, Conversation conversation, Body body) {
        start(conversation, step, body, () -> {});
    }

    private static void start(Conversation conversation, Step step, Body body, Runnable afterwards) {
        conversation.server().converse(conversation, new Beside(conversation, step, body, afterwards));
    }

    @Override
    public void run() {
        try {
            body.run();
        } catch (ClientGone | OutputClosed | ServerClosed | CancellationException end) {
            // the connection has ended, or the block of the step
        } catch (Exception | Error thrown) {
            conversation.failBeside(step, thrown);
        } finally {
            afterwards.run();
        }
    }
}
