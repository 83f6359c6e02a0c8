package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.Set;

/**
 * What a conversation comes to.
 *
 * @param verdicts the one that is right, or several where the network decides
 * @param sends what the server sends, step by step, as far as the client is there to be sent to
 * @param certain how many of them come before the server has taken the last of the input
 * @param taken how much of the input the script takes: bytes of a stream, or datagrams
 * @param end the step by which the server has ended the connection itself, if it has
 */
record Prediction(Set<Verdict> verdicts, List<Bytes> sends, int certain, int taken, ServerEnd end) {

    enum ServerEnd {
        NONE,
        CLOSED,
        CLOSED_NOW,
        RESET
    }

    boolean passes() {
        return verdicts.contains(Verdict.PASSES);
    }

    boolean mayBe(Verdict.Kind kind) {
        return verdicts.stream().anyMatch(verdict -> verdict.kind() == kind);
    }

    /** The same when the test ends the connection while the client waits: then nothing is outstanding. */
    Prediction endedByTest(ServerEnd by) {
        Set<Verdict> right = mayBe(Verdict.Kind.TIMED_OUT) ? Set.of(Verdict.PASSES) : verdicts;
        return new Prediction(right, sends, certain, 0, by);
    }

    /** Whether the server goes on reading until the client ends, so that it receives all that the client sends. */
    boolean readsAll() {
        return end == ServerEnd.NONE && !mayBe(Verdict.Kind.MISMATCH) && !mayBe(Verdict.Kind.UNEXPECTED);
    }
}
