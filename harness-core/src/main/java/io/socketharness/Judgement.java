package io.socketharness;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the servers of a test for the extension of a test framework: all of them, whatever the first one says, so that
 * several that fail are reported together. A server that is not strict is passed over.
 */
public final class Judgement {

    private static final Set<String> ABORTS =
            Set.of("org.opentest4j.TestAbortedException", "org.junit.internal.AssumptionViolatedException");

    private @Nullable AssertionError failure;
    /** Whether that is no failure of a server, but tells where one stood. */
    private boolean isNote;

    /** Begins with no failure. */
    public Judgement() {}

    /**
     * Judges a server whose life ends, as {@link FakeServer#verify} does.
     *
     * @param server the server
     */
    public void verify(FakeServer server) {
        judge(server, FakeServer::verify);
    }

    /**
     * Judges a server whose life ends with a test that has failed: tells what has gone wrong, and what was still owed when
     * the test failed, as that may be why. Where nothing was, it tells where each connection stood, as the client may have
     * waited for what never comes; but not where the test's failure speaks of the server, as an assertion on its recording
     * does, which has the dialogue.
     *
     * @param server the server
     * @param testFailure how the test has failed
     */
    public void verifyCutShort(FakeServer server, Throwable testFailure) {
        boolean wrong = judge(server, FakeServer::verifyCutShort);
        if (!wrong && !String.valueOf(testFailure.getMessage()).contains(server.title())) {
            server.standing().ifPresent(note -> add(note, true));
        }
    }

    /**
     * Judges a server that lives on, or whose test was aborted, as {@link FakeServer#verifySoFar} does.
     *
     * @param server the server
     */
    public void verifySoFar(FakeServer server) {
        judge(server, FakeServer::verifySoFar);
    }

    /**
     * What went wrong with the servers judged so far.
     *
     * @return the first failure, with those of the other servers suppressed; nothing if all is well
     */
    public Optional<AssertionError> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Tells whether a test was aborted, and has not failed: by an assumption of OpenTest4J or of JUnit 4, which AssertJ uses
     * where that is on the class path.
     *
     * @param failure what ended the test, or null
     * @return whether it is no failure
     */
    public static boolean isAbort(@Nullable Throwable failure) {
        for (Class<?> type = failure == null ? null : failure.getClass(); type != null; type = type.getSuperclass()) {
            if (ABORTS.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is wrong with it. */
    private boolean judge(FakeServer server, Consumer<FakeServer> verify) {
        if (!server.spec().isStrict()) {
            return false;
        }
        try {
            verify.accept(server);
            return false;
        } catch (AssertionError wrong) {
            add(wrong, false);
            return true;
        }
    }

    private void add(AssertionError error, boolean note) {
        AssertionError first = failure;
        if (first == null || isNote && !note) {
            failure = error;
            isNote = note;
            if (first != null) {
                error.addSuppressed(first);
            }
        } else {
            first.addSuppressed(error);
        }
    }
}
