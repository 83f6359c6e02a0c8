package io.socketharness.sweep;

import java.time.Duration;
import java.util.List;

/**
 * A planned run of a sweep, with its result.
 *
 * @param name the fault in words, such as {@code reset after 3 bytes of "S: 250 hello" (connection 0)}; it is the same
 *     in each sweep of the same dialogue
 * @param connection the index of the connection
 * @param place the part of the dialogue: a message such as {@code S: 250 hello}, {@code accept}, {@code TLS handshake} or
 *     {@code end by the server}
 * @param offset how many bytes of the message pass before the fault; 0 if it is not in a message
 * @param isPersistent whether the fault happens on later connections too
 * @param effect the effect of the fault
 * @param verdict the result
 * @param reason the reason of the verdict; the first line is a sentence
 * @param time how long the test took; zero if it did not run
 * @param dialogue the recording as text; empty if the client survived the fault, or it did not run
 * @param isKnown whether the file of known weaknesses accepts the verdict
 * @param scripts the fault as scripts of a normal test, if the verdict fails. One script alone serves every connection.
 *     Several serve one connection each, in the order in which the client connects, and the last one all later ones, too.
 *     A comment in the script says what to call if no step of a script can cause the fault.
 */
public record SweepRun(
        String name,
        int connection,
        String place,
        int offset,
        boolean isPersistent,
        Effect effect,
        Verdict verdict,
        String reason,
        Duration time,
        String dialogue,
        boolean isKnown,
        List<String> scripts) {

    /**
     * Returns whether the run fails the sweep.
     *
     * @return true if the verdict fails, and is not known
     */
    public boolean fails() {
        return verdict.fails() && !isKnown;
    }

    /** Returns the verdict and the fault, such as {@code HANG: stall before "S: 250 hello" (connection 0)}. */
    @Override
    public String toString() {
        return verdict + ": " + name;
    }
}
