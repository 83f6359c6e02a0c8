package io.socketharness.internal.script.engine;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.network.End;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.ConversationState.Phase;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A served connection: its script runs here, and other threads see its progress. Tests get the {@link Connection}. */
public final class Conversation {

    private final TransportChannel transport;
    private final ExchangeRecorder recorder;
    private final Duration timeout;
    private final ConversationServer server;
    private final Map<String, Object> variables = new ConcurrentHashMap<>();
    private final Progress progress = new Progress();
    private final Input input;
    private final ConversationState state;
    private final MissedSends missedSends;
    private final Output output;
    private final ScriptCompletion completion;
    private final ScriptEnd scriptEnd;
    private final InputReader reader;
    private volatile boolean beginsWithTls;
    private volatile boolean ownScript;

    private volatile @Nullable Runner runner;
    /** The script that takes the place of the running one. */
    private volatile @Nullable Continuation next;

    private volatile @Nullable Thread thread;

    /** A conversation that waits for its script. */
    public Conversation(
            TransportChannel transport,
            ExchangeRecorder recorder,
            Duration timeout,
            Map<String, String> variables,
            ConversationServer server) {
        this.transport = transport;
        this.recorder = recorder;
        this.timeout = timeout;
        this.server = server;
        this.variables.putAll(variables);
        this.input = new Input(transport, recorder);
        this.state = new ConversationState(recorder, progress);
        this.missedSends = new MissedSends(this, state, progress, input);
        this.output = new Output(transport, recorder, missedSends);
        this.completion = new ScriptCompletion(this, state, progress, transport, recorder);
        this.scriptEnd = new ScriptEnd(this, state, progress, recorder);
        this.reader = new InputReader(input, recorder);
    }

    /** Limits the size of one received message. */
    public void messageLimit(int bytes) {
        input.limit(bytes);
    }

    /** The connection for a test thread, with the server's timeout. No step is outstanding any more. */
    public Connection held() {
        recorder.hold();
        state.enter(Phase.HELD);
        return new ScriptConnection(this, Run.holding(), timeout);
    }

    /** The connection for test threads that send on it or end it while a script serves it, with the server's timeout. */
    public Connection shared() {
        return new ScriptConnection(this, Run.outside(output::forOthers), timeout);
    }

    /** Notes that a script is going to serve this conversation, before {@link #serve} does. */
    public void claim(Script script, boolean own) {
        ownScript = own;
        output.announce(UpcomingSettings.of(script));
        recorder.hold();
        state.enter(Phase.RUNNING);
    }

    /** Forgets that a test thread has ended the connection: that end does not end a later script. */
    public void forgetEnd() {
        state.forgetEndByTest();
    }

    /** Runs a script on the calling thread until it ends, fails or the server is closed. */
    public void serve(Script script) {
        begin(script);
        finish();
    }

    /** Sets a script that {@link #advance} and {@link #finish} run, never at the same time. */
    public void begin(Script script) {
        beginsWithTls = ScriptRequirements.beginsWithTls(script);
        recorder.stepLog().script(progress::recorded);
        begin(Continuation.of(script));
    }

    private void begin(Continuation script) {
        ScriptConnection on = new ScriptConnection(this, Run.serving(progress), null);
        on.settings(script.before());
        runner = new Runner(on, script.round());
    }

    /** Sets the script that takes the place of the running one, which ends. Called by its last step. */
    void continueWith(Continuation script) {
        output.announce(script.upcoming());
        next = script;
    }

    /** Whether a step has set the script that takes the place of the running one. */
    boolean isReplaced() {
        return next != null;
    }

    /** Whether a script serves it, or has served it. */
    boolean isScripted() {
        return runner != null || state.is(Phase.RUNNING);
    }

    /** Whether a script was set and has not ended. */
    public boolean isBegun() {
        return runner != null && state.is(Phase.RUNNING);
    }

    /** Runs the script while its steps neither take time nor wait; on datagrams, until it receives the next one. */
    public boolean advance() {
        return run(false) == Needs.THREAD;
    }

    /** Runs the rest of the script on the calling thread until it ends, fails or the server is closed. */
    public void finish() {
        thread = Thread.currentThread();
        try {
            run(true);
        } finally {
            thread = null;
        }
    }

    private Needs run(boolean mayWait) {
        Runner script = runner;
        if (script == null || !state.is(Phase.RUNNING)) {
            return Needs.NOTHING;
        }
        try {
            if (mayWait && !beginsWithTls) {
                input.waitFor(() -> {
                    transport.awaitTls();
                    return true;
                });
            }
            Needs needs = mayWait ? script.finish() : script.advance();
            Continuation following = next;
            if (needs == Needs.NOTHING && following != null) {
                next = null;
                begin(following);
                return run(mayWait);
            }
            if (needs == Needs.NOTHING) {
                state.end(state.isClosed() ? Phase.CLOSED : Phase.COMPLETED);
            }
            return needs;
        } catch (Throwable thrown) {
            scriptEnd.by(thrown);
        }
        return Needs.NOTHING;
    }

    /**
     * Ends a script before its next step: a test thread has ended the connection, or the server was closed and a block
     * would repeat. Other steps notice the end of the server where they wait.
     */
    void requireNotEnded(Progress of, Behaviour next) {
        if (state.isStopped() && next instanceof LoopStep) {
            throw new ServerClosed();
        }
        if (of == progress && state.isClosed() && state.isEndedByTest()) {
            throw new OutputClosed("the test has ended the connection", null);
        }
    }

    MissedSends missedSends() {
        return missedSends;
    }

    /** Whether a thread runs the script that serves the connection. */
    boolean isServedBy(Thread candidate) {
        return thread == candidate;
    }

    /** Whether nothing can be sent, because TLS must come first and is not established. */
    boolean isWithoutTls() {
        return recorder.has(Event.Kind.TLS_FAILED) || transport.lackOfTls().isPresent();
    }

    boolean runsOwnCode() {
        return Progress.obligation(progress.step()) == Obligation.OWN;
    }

    /** Wakes the threads that wait for this conversation, so that they evaluate it again. */
    void changed() {
        recorder.changed();
    }

    /** The explanation for a test thread: the connection, and the dialogue so far. Created when it is read. */
    Supplier<String> explain(String reason) {
        return Failure.explanation(recorder, reason);
    }

    <T extends Throwable> T reportedBy(T error) {
        return recorder.recorder().reportedBy(error);
    }

    boolean isHeld() {
        return state.is(Phase.HELD);
    }

    /** How much the script or the test has received: bytes of a stream, or datagrams. */
    public long taken() {
        return input.position();
    }

    /** The recorded exchange. */
    public Exchange exchange() {
        return recorder.exchange();
    }

    /** The outstanding steps and the failures. */
    public ScriptCompletion completion() {
        return completion;
    }

    /** Whether its script serves no other connection. */
    boolean hasOwnScript() {
        return ownScript;
    }

    /** Whether a script for this connection alone is used up: the server has sent data on it, or tried to. */
    boolean hasUsedUpScript() {
        return ownScript && output.isUsed();
    }

    /** The thread that runs the script, if one does. */
    @Nullable
    Thread thread() {
        return thread;
    }

    Output output() {
        return output;
    }

    ConversationServer server() {
        return server;
    }

    Progress progress() {
        return progress;
    }

    /** Whether nothing more is sent: the script has failed, or a side has ended the connection. */
    public boolean isOver() {
        return state.isClosed()
                || state.isStopped()
                || state.is(Phase.FAILED)
                || recorder.has(Event.Kind.CLOSED)
                || recorder.has(Event.Kind.RESET_BY_CLIENT)
                || recorder.has(Event.Kind.TLS_FAILED);
    }

    /** Fails the conversation by an exception of a step that runs beside its script. */
    void failBeside(Step step, Throwable thrown) {
        if (!isOver()) {
            state.fail(Failure.beside(progress, step, thrown));
            try {
                close(false);
            } catch (ServerClosed | CancellationException closing) {
                // the server ends the connection
            }
        }
    }

    void halfClose(boolean byTest) {
        endedBy(byTest);
        transport.halfClose();
    }

    void close(boolean byTest) {
        endedBy(byTest);
        state.close();
        transport.close(patience(byTest));
    }

    void closeNow(boolean byTest) {
        if (input.isDatagrams()) {
            throw new UnsupportedOperationException("datagrams have no connection to close at once; use close()");
        }
        endedBy(byTest);
        state.close();
        transport.closeNow(patience(byTest));
    }

    void reset(boolean byTest) {
        transport.requireReset();
        endedBy(byTest);
        state.close();
        transport.reset(byTest ? System.nanoTime() : Long.MAX_VALUE);
    }

    /** Whether the transport has a RST. */
    public boolean canReset() {
        return transport.canReset();
    }

    /** Ends the connection as a process that crashes does. */
    public void abort() {
        endedBy(true);
        state.close();
        transport.abort();
    }

    /** Until when an end waits for delayed data: a script waits, and a test has a time limit. */
    private long patience(boolean byTest) {
        return byTest ? Input.deadline(timeout) : Long.MAX_VALUE;
    }

    /**
     * A network condition ends the connection, or its direction to the server or to the client: the script ends, as
     * after an end that the test makes. Does not wait.
     */
    public void cut(End end, String condition) {
        recorder.network(condition);
        state.endByTest();
        if (end == End.RESET) {
            reset(true);
        } else if (end == End.CLOSE) {
            state.close();
            server.converse(this, this::closeBehindData);
        }
    }

    private void closeBehindData() {
        try {
            transport.close(Input.deadline(timeout));
        } catch (ServerClosed closing) {
            // the server ends the connection
        }
    }

    private void endedBy(boolean test) {
        if (test) {
            state.endByTest();
        }
    }

    /** Notes that the server is closing: later exceptions of the script are not failures. */
    public void stop() {
        state.stop();
    }

    /** The server's limit for clients and regular expressions. */
    public Duration timeout() {
        return timeout;
    }

    public boolean isStopped() {
        return state.isStopped();
    }

    boolean isClosed() {
        return state.isClosed();
    }

    TransportChannel transport() {
        return transport;
    }

    Input input() {
        return input;
    }

    /** Waits for something other than the client. Meanwhile nothing is outstanding. */
    public void waitElsewhere(Runnable wait) {
        input.waitWithoutInput(wait);
    }

    /** Takes messages from the input. */
    InputReader reader() {
        return reader;
    }

    Map<String, Object> variables() {
        return variables;
    }

    String variable(String name) {
        Object value = variables.get(name);
        if (value == null) {
            Set<String> known = new TreeSet<>(variables.keySet());
            throw new IllegalArgumentException("unknown variable " + name + "; "
                    + KnownWords.hint(name, known, "known here are " + String.join(", ", known)));
        }
        return value.toString();
    }
}
