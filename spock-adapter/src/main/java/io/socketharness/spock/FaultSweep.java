package io.socketharness.spock;

import io.socketharness.sweep.Effect;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.Verdict;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a feature once for every single fault of its dialogue, and fails where the client does not survive the fault.
 *
 * <pre>{@code
 * @FaultSweep(tolerates = IOException, timeLimit = '2s')
 * def 'reads the temperature'(@SocketServer(script = 'C: TEMP?\nS: 21.5') FakeServer server) {
 *     expect:
 *     new Thermometer(server.address()).read() == 21.5
 * }
 * }</pre>
 *
 * <h2>Runs</h2>
 *
 * <p>Each run is an iteration of the feature with its own server, {@code setup()} and {@code cleanup()}. The first two
 * are {@code without a fault} and {@code without a fault, again}: normal iterations, whose servers are verified. If one
 * of them fails, or their dialogues differ, nothing is swept. The dialogue determines the other runs: one for each
 * {@link Effect} at each place, with a name such as {@code reset after 3 bytes of "S: 250 hello" (connection 0)}. The
 * places are the accept, the TLS handshake, the end of the connection by the server and, for each message, before it,
 * after its first byte, in the middle, before its last byte and after it; each byte of a message of at most 16 bytes.
 * Most effects occur twice: on this connection alone, and on this and all later ones.
 *
 * <p>{@link Verdict#SWALLOWED} and {@link Verdict#LEAK} are repeated once. So are runs that decide which messages the
 * feature needs, if their time is unclear. The repetition has {@code , again} in its name and the verdict; the iteration
 * before it passes.
 *
 * <h2>Verdicts</h2>
 *
 * <p>In a run with a fault, the exception of the feature, of an initial value of a field, of {@code setup()} and of
 * {@code cleanup()} is part of the evidence for the {@link Verdict}. If the client throws in a condition, the exception of
 * the client counts, not the failed condition. An iteration passes with {@link Verdict#SURVIVED} and
 * {@link Verdict#TOLERATED}. It is aborted, with the reason, if the run says nothing about the client or shows a
 * {@link #known} weakness. Otherwise it fails: the message has the verdict, the fault, the reason, the dialogue, and a
 * script that breaks the client in the same way; the cause is the exception. Faults that did not run are only in the
 * matrix. The servers are not verified, and there are no captures.
 *
 * <p>The end of the sweep prints the counts and a matrix of places and effects to the standard error. If the sweep has
 * failed, it writes a page, {@code sweep.html}, with the matrix and the diagrams of the failures, to the directory of the
 * captures of the feature; {@link SocketServer#capture()} of the server applies. The system property
 * {@code socketharness.sweep.only} runs one fault alone, by its name, after the runs without a fault.
 *
 * <h2>Limits</h2>
 *
 * <p>The feature runs on the thread of Spock. At the {@link #timeLimit}, its connections are reset and the thread is
 * interrupted until the feature ends. A feature that ignores both blocks Spock, as without a sweep; five seconds later a
 * warning names it, and the sweep ends when the feature does.
 *
 * <p>The server to sweep belongs to the iteration: {@link SocketServer} on a parameter, the feature, a field or the
 * specification. A server of a {@code @Shared} field is refused, because it serves several runs. Other servers of the
 * feature run as usual. The runs of a feature never run at the same time; other features may run beside them. A feature
 * with a {@code where:} block is refused. A single iteration cannot be selected, because its fault follows from the runs
 * before it.
 *
 * @see Sweep the same without an annotation
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface FaultSweep {

    /**
     * The exceptions by which the client reports a fault, see {@link Sweep#tolerating}.
     *
     * @return the types, with their subclasses
     */
    Class<? extends Throwable>[] tolerates() default {};

    /**
     * The time limit of each run, including {@code setup()} and {@code cleanup()}. A longer run is a
     * {@link Verdict#HANG}. It should be longer than all time limits of the client together.
     *
     * @return such as {@code 400ms}; empty for three times the run without a fault plus the server's timeout
     */
    String timeLimit() default "";

    /**
     * The time after which no more runs begin. The others are {@link Verdict#LEFT_OUT}.
     *
     * @return such as {@code 30s}
     */
    String maxTime() default "2m";

    /**
     * The maximum number of runs with a fault. The others are {@link Verdict#LEFT_OUT}; those between two bytes of a
     * message come last.
     *
     * @return 1 or more
     */
    int max() default 500;

    /**
     * A file of known weaknesses. Each line is a verdict and the name of a fault; a failure prints its line. Lines with
     * {@code #} are comments. A known weakness aborts its iteration, and does not fail it. If lines are no longer
     * needed, a last iteration {@code known weaknesses} fails, and names them.
     *
     * @return a file in {@code src/test/resources}, relative to the package of the specification, or after a slash to the
     *     root; otherwise a resource on the class path; empty for none. The file need not exist. Each sweep needs its own
     *     file.
     */
    String known() default "";

    /**
     * The {@linkplain SocketServer#name name} of the server to sweep, if the feature has several.
     *
     * @return the name; empty for the only server
     */
    String server() default "";

    /**
     * Messages that a client must not send again when the server has received them whole, such as a payment, see
     * {@link Sweep#once}. Another one is {@link Verdict#REPEATED}.
     *
     * @return regular expressions that are searched in each message of the client
     */
    String[] once() default {};

    /**
     * Parts of messages that differ between runs, such as an id, see {@link Sweep#mask}.
     *
     * @return regular expressions; their matches are not compared
     */
    String[] mask() default {};

    /**
     * Whether the feature needs the last message of the server on each connection. Otherwise that message may be an
     * answer to a farewell, whose loss does not matter.
     *
     * @return true if its loss without an exception is {@link Verdict#SWALLOWED}
     */
    boolean lastReplyNeeded() default false;
}
