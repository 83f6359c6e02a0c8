package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.sweep.SequentialRun;
import io.socketharness.recording.Capture;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of a {@link TestSweep}: one invocation of the test. An adapter starts the server with {@link ServerStart}, then
 * calls {@link #begin}, runs the methods of the test, passes their exceptions to {@link #takes}, calls {@link #end}, and
 * closes the server.
 */
public final class TestSweepRun {

    /**
     * The result of a run. It passes without both.
     *
     * @param failure the failure of the invocation
     * @param remark the reason why the invocation is aborted instead: the run says nothing, or shows a known weakness
     */
    public record Result(Optional<AssertionError> failure, Optional<String> remark) {}

    private final SequentialRun run;
    private @Nullable Throwable thrown;

    TestSweepRun(SequentialRun run) {
        this.run = run;
    }

    /**
     * Returns the name of the invocation.
     *
     * @return {@code without a fault}, or the fault, such as
     *     {@code reset after 3 bytes of "S: 250 hello" (connection 0)}
     */
    public String name() {
        return run.name();
    }

    /**
     * Returns whether the run has a fault. Without one, it is a normal test: its exceptions are its failure, and its
     * servers are verified. With one, its exceptions are evidence, and the adapter verifies no server.
     *
     * @return false for the first two runs
     */
    public boolean hasFault() {
        return run.hasFault();
    }

    /**
     * Returns the specification of a server of the test, which may be another one than that of the sweep. With a fault,
     * its failures are evidence, and there are no captures.
     *
     * @param declared the specification that the test declares
     * @return the specification in this run
     */
    public ServerSpec applied(ServerSpec declared) {
        return hasFault()
                ? declared.toBuilder().strict(false).capture(Capture.NEVER).build()
                : declared;
    }

    FakeServer start(ServerSpec spec, long origin) {
        return run.start(spec, origin);
    }

    /** Begins the time limit, on the thread of the test. Call it before the methods that set up the test. */
    public void begin() {
        run.begin();
    }

    /**
     * Ends the interrupts of a test that has exceeded its time limit. Call it before the methods that clean up after the
     * test, which have a limit of their own then.
     */
    public void beginCleaning() {
        run.beginCleaning();
    }

    /**
     * Notes that the test continues on another thread, so that this one is interrupted at the time limit. Call it where
     * the framework may run a method on a thread of its own.
     *
     * @param thread the thread
     * @return the thread before, for another call when the method has ended
     */
    public Thread continueOn(Thread thread) {
        return run.continueOn(thread);
    }

    /**
     * Notes that a time limit of the framework has ended the test. It is a hang then, whatever exceptions are tolerated.
     * Call it before {@link #end}.
     *
     * @param timeout the exception of the framework
     */
    public void timedOut(Throwable timeout) {
        run.timedOut(timeout);
    }

    /**
     * Returns whether the test has exceeded its time limit. Its exceptions are a consequence then.
     *
     * @return whether it did so far
     */
    public boolean isTooSlow() {
        return run.isTooSlow();
    }

    /**
     * Takes an exception of the test, or of a method that sets up or cleans up. Its first one is evidence for the verdict,
     * with the others suppressed in it.
     *
     * @param exception the exception
     * @return false if it is the failure of a run without a fault, which the adapter throws
     */
    public boolean takes(Throwable exception) {
        if (!hasFault() && !isTooSlow()) {
            return false;
        }
        Throwable first = thrown;
        if (first == null) {
            thrown = exception;
        } else if (first != exception) {
            first.addSuppressed(exception);
        }
        return true;
    }

    /**
     * Returns the first exception that the run has taken. After it, the adapter runs only the methods that clean up.
     *
     * @return the exception; empty if there is none so far
     */
    public Optional<Throwable> taken() {
        return Optional.ofNullable(thrown);
    }

    /**
     * Judges the run. Call it on the thread of the test, after the methods that clean up.
     *
     * @param failure the failure that the test framework has, which was not {@linkplain #takes taken}; null for none
     * @param test the test, for the frames of the failure
     * @return the result
     */
    public Result end(@Nullable Throwable failure, TestCode test) {
        SequentialRun.End end = run.end(thrown == null ? failure : thrown);
        end.failure().ifPresent(error -> error.setStackTrace(test.frames()));
        return new Result(end.failure(), end.remark());
    }

    /** Notes that a run without a fault has failed or was aborted after its end, such as by the verification. */
    public void failed() {
        run.failed();
    }
}
