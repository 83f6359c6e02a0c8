package io.socketharness.sweep;

/** The result of a run with a fault. */
public enum Verdict {
    /** The test returned. */
    SURVIVED(Kind.PASSES),
    /** The test threw an exception that the sweep tolerates. */
    TOLERATED(Kind.PASSES),
    /** The test threw another exception. */
    WRONG_EXCEPTION(Kind.FAILS),
    /** An assertion of the test failed. */
    WRONG_RESULT(Kind.FAILS),
    /** The test did not end within the time limit. */
    HANG(Kind.FAILS),
    /** The test returned although a message that it needs never arrived whole. */
    SWALLOWED(Kind.FAILS),
    /** The client sent a message again that must not be repeated, after the server had received it whole. */
    REPEATED(Kind.FAILS),
    /** The client opened more than 20 connections for each connection of the clean run. */
    RETRY_STORM(Kind.FAILS),
    /**
     * The client sent something that the script does not expect, on a connection without a fault. A connection that was
     * open before the fault does not count if the test threw an exception that the sweep tolerates.
     */
    SERVER_FAILED(Kind.FAILS),
    /** 500 ms after the test, more connections of the client are open than after the clean run. */
    LEAK(Kind.FAILS),
    /** The dialogue did not come to the place of the fault. */
    NOT_REACHED(Kind.SAYS_NOTHING),
    /** The dialogue before the place of the fault was not that of the clean run. */
    DIVERGED(Kind.SAYS_NOTHING),
    /**
     * The fault has no effect of its own, this machine cannot inject it, or the test serves the connection itself and
     * its server code failed because of the fault.
     */
    NOT_APPLICABLE(Kind.SAYS_NOTHING),
    /**
     * A run that failed was repeated, because a slow machine may be the reason, and the second run had another result.
     * This is done for {@link #SWALLOWED} and {@link #LEAK}, and for {@linkplain Effect#isHarmless harmless effects}, but
     * not for {@link #HANG}.
     */
    UNSTABLE(Kind.SAYS_NOTHING),
    /** The run was left out, because of a limit. */
    LEFT_OUT(Kind.SAYS_NOTHING);

    private enum Kind {
        PASSES,
        FAILS,
        SAYS_NOTHING
    }

    private final Kind kind;

    Verdict(Kind kind) {
        this.kind = kind;
    }

    /**
     * Returns whether the client survived the fault.
     *
     * @return true for {@link #SURVIVED} and {@link #TOLERATED}
     */
    public boolean passes() {
        return kind == Kind.PASSES;
    }

    /**
     * Returns whether the run shows a weakness of the client.
     *
     * @return false if the client survived, or the run says nothing about it
     */
    public boolean fails() {
        return kind == Kind.FAILS;
    }
}
