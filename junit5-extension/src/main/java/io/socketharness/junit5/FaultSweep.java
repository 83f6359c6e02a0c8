package io.socketharness.junit5;

import io.socketharness.sweep.Effect;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.Verdict;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs a test once for every single fault of its dialogue, in place of {@code @Test}, and fails where the client does
 * not survive the fault.
 *
 * <pre>{@code
 * @FaultSweep(tolerates = IOException.class, timeLimit = "2s")
 * void sends(@SocketServer(script = """
 *         S: 220 hello
 *         C: QUIT
 *         S: 221 bye
 *         """) FakeServer server) throws IOException {
 *     new MailClient(server.address()).quit();
 * }
 * }</pre>
 *
 * <h2>Runs</h2>
 *
 * <p>Each run is an invocation of the method with its own server, {@code @BeforeEach} and {@code @AfterEach}. The first
 * two are {@code without a fault} and {@code without a fault, again}: normal tests, whose servers are verified. If one
 * of them fails, or their dialogues differ, nothing is swept. The dialogue determines the other runs: one for each
 * {@link Effect} at each place, with a name such as {@code reset after 3 bytes of "S: 250 hello" (connection 0)}. The
 * places are the accept, the TLS handshake, the end of the connection by the server and, for each message, before it,
 * after its first byte, in the middle, before its last byte and after it; each byte of a message of at most 16 bytes.
 * Most effects occur twice: on this connection alone, and on this and all later ones.
 *
 * <p>{@link Verdict#SWALLOWED} and {@link Verdict#LEAK} are repeated once. So are runs that decide which messages the
 * test needs, if their time is unclear. The repetition has {@code , again} in its name and the verdict; the invocation
 * before it passes.
 *
 * <h2>Verdicts</h2>
 *
 * <p>In a run with a fault, the exception of the test, of {@code @BeforeEach} and of {@code @AfterEach} is part of the
 * evidence for the {@link Verdict}. An invocation passes with {@link Verdict#SURVIVED} and {@link Verdict#TOLERATED}. It
 * is aborted, with the reason, if the run says nothing about the client or shows a {@link #known} weakness. Otherwise
 * it fails: the message has the verdict, the fault, the reason, the dialogue, and a script that breaks the client in the
 * same way; the cause is the exception. Faults that did not run are only in the matrix. The servers are not verified,
 * and there are no captures.
 *
 * <p>The end of the sweep prints the counts and a matrix of places and effects to the standard error, and publishes them
 * as a report entry. If the sweep has failed, it writes a page, {@code sweep.html}, with the matrix and the diagrams of
 * the failures. The page is attached to the report of the method, or written to a directory, like the captures of a failed
 * test; {@link SocketServer#capture()} of the server applies. The configuration parameter or system property
 * {@code socketharness.sweep.only} runs one fault alone, by its name, after the runs without a fault.
 *
 * <h2>Limits</h2>
 *
 * <p>The method runs on the thread of the test. At the {@link #timeLimit}, its connections are reset and the thread is
 * interrupted until the method ends. A method that ignores both blocks JUnit, as without a sweep; five seconds later a
 * warning names it, and the sweep ends when the method does.
 *
 * <p>The server to sweep belongs to the test: {@link SocketServer} on a parameter, the method, an instance field or the
 * class. A server of a static field is refused, because it serves several runs. Other servers of the test run as usual.
 * The runs of a method never run at the same time; other tests may run beside them. A test method that needs arguments
 * belongs in a {@code @ParameterizedClass}, which has a sweep for each of its invocations. A single invocation cannot be
 * selected, because its fault follows from the runs before it.
 *
 * @see Sweep the same without JUnit
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(FaultSweepProvider.class)
@SuppressWarnings("exports") // the extension, which only JUnit needs
public @interface FaultSweep {

    /**
     * The exceptions by which the client reports a fault, see {@link Sweep#tolerating}.
     *
     * @return the types, with their subclasses
     */
    Class<? extends Throwable>[] tolerates() default {};

    /**
     * The time limit of each run, including {@code @BeforeEach} and {@code @AfterEach}. A longer run is a
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
     * {@code #} are comments. A known weakness aborts its invocation, and does not fail it. If lines are no longer
     * needed, a last invocation {@code known weaknesses} fails, and names them.
     *
     * @return a file in {@code src/test/resources}, relative to the package of the test class, or after a slash to the
     *     root; otherwise a resource on the class path; empty for none. The file need not exist. Each sweep needs its own
     *     file.
     */
    String known() default "";

    /**
     * The {@linkplain SocketServer#name name} of the server to sweep, if the test has several.
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
     * Whether the test needs the last message of the server on each connection. Otherwise that message may be an answer
     * to a farewell, whose loss does not matter.
     *
     * @return true if its loss without an exception is {@link Verdict#SWALLOWED}
     */
    boolean lastReplyNeeded() default false;
}
