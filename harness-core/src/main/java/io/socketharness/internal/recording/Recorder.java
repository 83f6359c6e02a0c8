package io.socketharness.internal.recording;

import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What all exchanges of a server share: their list, the clock, the remaining room under the limits, and the waits for a
 * change. Tests read the {@link #recording()}.
 */
public final class Recorder {

    /** The default limit of a recording: 16 MiB. */
    public static final long DEFAULT_LIMIT = 16L << 20;

    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);
    /** Leaves room for the events of a short test if the limit is small. */
    private static final long LEAST_FOR_EVENTS = 64 << 10;

    private final long limit;
    private final Duration timeout;
    private volatile Runnable drainAction = () -> {};
    private volatile Supplier<List<Report>> failures = List::of;
    private volatile @Nullable String unreachable;
    private volatile @Nullable EventObserver observer;
    private final long origin;
    private final LongSupplier clock;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong keptForEvents = new AtomicLong();
    private final AtomicLong keptForSteps = new AtomicLong();
    private final Signal signal = new Signal();
    private final AtomicInteger opened = new AtomicInteger();
    private final List<ExchangeRecorder> exchanges = new CopyOnWriteArrayList<>();
    private final Recording recording = new ServerRecording(this);
    private final String transport;
    private volatile String title;
    private volatile String name = "";
    private volatile Map<String, String> address = Map.of();
    private volatile Secrets secrets = Secrets.NONE;
    private volatile String remark = "";
    private volatile boolean ended;
    /** Created with the first error. */
    private volatile @Nullable ErrorReports reports;

    /**
     * Creates a recording whose clock starts now.
     *
     * @param transport the name of the transport, which is the name of the server in messages until it has a {@link #title}
     * @param limit how many bytes, sent and received, are kept over all exchanges; events have a separate limit of the
     *     same size, at least 64 KiB
     * @param timeout the default limit of the recording's awaiting methods
     */
    public Recorder(String transport, long limit, Duration timeout) {
        this(transport, limit, timeout, System.nanoTime());
    }

    /**
     * Creates a recording.
     *
     * @param transport the name of the transport, which is the name of the server in messages until it has a {@link #title}
     * @param limit how many bytes, sent and received, are kept over all exchanges
     * @param timeout the default limit of the recording's awaiting methods
     * @param origin the origin of the recording's times, see {@link System#nanoTime()}
     */
    public Recorder(String transport, long limit, Duration timeout, long origin) {
        this(transport, limit, timeout, origin, () -> System.nanoTime() - origin);
    }

    /**
     * Creates a recording that does not happen now.
     *
     * @param transport the name of the transport
     * @param limit how many bytes, sent and received, are kept over all exchanges
     * @param timeout the default limit of the recording's awaiting methods
     * @param clock returns the time of an event, in nanoseconds since the origin
     */
    public Recorder(String transport, long limit, Duration timeout, LongSupplier clock) {
        this(transport, limit, timeout, System.nanoTime(), clock);
    }

    private Recorder(String transport, long limit, Duration timeout, long origin, LongSupplier clock) {
        this.origin = origin;
        this.clock = clock;
        this.transport = transport;
        this.title = transport;
        this.limit = limit;
        this.timeout = timeout;
    }

    /**
     * Sets the action that drains the server's pending input. It runs before a wait times out.
     *
     * @param newDrainAction the action; must not wait for a client
     */
    public void drainAction(Runnable newDrainAction) {
        drainAction = newDrainAction;
    }

    /** Sets the source of the reports of the server's failures so far, in the order of time. */
    public void failures(Supplier<List<Report>> newFailures) {
        failures = newFailures;
    }

    /** Returns the reports of the server's failures so far. */
    public List<Report> failures() {
        return failures.get();
    }

    /** Sets the observer of exchanges that begin from now on. */
    public void observer(EventObserver newObserver) {
        observer = newObserver;
    }

    /** Returns the observer of exchanges; null for none. */
    @Nullable
    EventObserver observer() {
        return observer;
    }

    /**
     * Sets the variables of the server's address, see {@link #address}.
     *
     * @param newAddress such as {@code host} and {@code port}
     */
    public void address(Map<String, String> newAddress) {
        address = newAddress;
    }

    /**
     * Returns the variables of the server's address.
     *
     * @return such as {@code host} and {@code port}; empty before the server was bound
     */
    public Map<String, String> address() {
        return address;
    }

    /** Sets the secrets that dialogues and reports must not show. */
    public void secrets(Secrets newSecrets) {
        secrets = newSecrets;
    }

    /** Returns the secrets that dialogues and reports must not show. */
    public Secrets secrets() {
        return secrets;
    }

    /**
     * Returns a report without secrets.
     *
     * @param text the report
     * @return the text with an asterisk in place of each character of a secret
     */
    public String withoutSecrets(String text) {
        return hidingSecrets().apply(text);
    }

    /**
     * Returns {@link #withoutSecrets} for many texts: it searches the recording once, now.
     *
     * @return the function
     */
    public UnaryOperator<String> hidingSecrets() {
        Secrets known = secrets;
        if (known.patterns().isEmpty()) {
            return UnaryOperator.identity();
        }
        Collection<String> values =
                known.values(exchanges.stream().map(ExchangeRecorder::snapshot).toList());
        return text -> known.hideValues(text, values);
    }

    /**
     * Returns which texts contain a secret of the recording.
     *
     * @param texts the texts
     * @return the indexes of those that contain one, wherever it is
     */
    public List<Integer> withSecret(List<String> texts) {
        return secrets.in(
                texts, exchanges.stream().map(ExchangeRecorder::snapshot).toList());
    }

    /**
     * Returns the regular expressions of secrets that match nothing in the recording.
     *
     * @return the expressions
     */
    public List<String> unmatchedSecrets() {
        return secrets.unmatched(
                exchanges.stream().map(ExchangeRecorder::snapshot).toList());
    }

    /**
     * Returns the name of the server's transport.
     *
     * @return such as {@code tcp}
     */
    public String transport() {
        return transport;
    }

    /**
     * Returns the recorder of a recording.
     *
     * @param recording the recording
     * @return its recorder
     */
    public static Recorder of(Recording recording) {
        return ((ServerRecording) recording).recorder();
    }

    /**
     * Notes that an error reports the recording, and removes the frames of the library from its top.
     *
     * @param error the error to be thrown
     * @param <T> its type
     * @return the same error
     */
    public <T extends Throwable> T reportedBy(T error) {
        return reportedBy(error, Optional.empty());
    }

    /** The same for an error with the text of a report. */
    public <T extends Throwable> T reportedBy(T error, Report report) {
        return reportedBy(error, Optional.of(report));
    }

    private <T extends Throwable> T reportedBy(T error, Optional<Report> report) {
        reports().add(error, report);
        return CallerFrames.keep(error);
    }

    private synchronized ErrorReports reports() {
        ErrorReports known = reports;
        if (known == null) {
            known = new ErrorReports();
            reports = known;
        }
        return known;
    }

    /**
     * Returns whether an error, or one of its causes or suppressed errors, reports the recording.
     *
     * @param error the failure of a test
     * @return whether it was {@linkplain #reportedBy noted}
     */
    public boolean isReportedBy(Throwable error) {
        ErrorReports known = reports;
        return known != null && known.isIn(error);
    }

    /** Returns the report of an error that was {@linkplain #reportedBy noted} with one, or is caused by such an error. */
    public Optional<Report> reportOf(Throwable error) {
        ErrorReports known = reports;
        return known == null ? Optional.empty() : known.of(error);
    }

    /**
     * Returns the origin of the recording's times.
     *
     * @return a value of {@link System#nanoTime()}
     */
    public long origin() {
        return origin;
    }

    /**
     * Returns the recording that tests read.
     *
     * @return always the same object
     */
    public Recording recording() {
        return recording;
    }

    /**
     * Sets the name of the server in messages, when its address is known.
     *
     * @param title such as {@code tcp://127.0.0.1:41233}
     */
    public void title(String title) {
        this.title = title;
    }

    /** Sets the name that the user or the test has given to the server. */
    public void name(String newName) {
        name = newName;
    }

    /** Returns that name; empty for none. */
    public String name() {
        return name;
    }

    /** Sets a remark on the server, for reports: a clause; empty for none. */
    public void remark(String remark) {
        this.remark = remark;
    }

    /**
     * Returns what a report has to say about the server, such as that it refuses clients.
     *
     * @return a clause; empty if the server accepts clients
     */
    public String remark() {
        return remark;
    }

    /**
     * Creates the exchange of a new connection. It is not visible before it is
     * {@linkplain ExchangeRecorder#publish published}.
     *
     * @param client the client's address, or null
     * @param clientName the client's address for messages
     * @param datagrams whether the exchange consists of datagrams
     * @return its recorder
     */
    public ExchangeRecorder open(@Nullable SocketAddress client, String clientName, boolean datagrams) {
        return new ExchangeRecorder(this, opened.getAndIncrement(), client, clientName, datagrams);
    }

    void publish(ExchangeRecorder exchange) {
        exchanges.add(exchange);
        signal.changed();
    }

    /** Removes an exchange that has ended, and makes room for others. */
    public void forget(ExchangeRecorder exchange) {
        if (exchanges.remove(exchange)) {
            ExchangeRecorder.Kept size = exchange.kept();
            kept.addAndGet(-size.bytes());
            keptForEvents.addAndGet(-size.events());
            keptForSteps.addAndGet(-size.steps());
        }
    }

    /** Returns how many exchanges have begun. */
    public int begun() {
        return opened.get();
    }

    /** Notes that no more exchanges start, and ends the waits for them. */
    public void end() {
        ended = true;
        signal.changed();
    }

    /** Makes waiting threads evaluate their conditions again. */
    public void changed() {
        signal.changed();
    }

    /**
     * Waits until {@code condition} is true. It is evaluated at each change of the recording, never in between.
     *
     * @param condition the condition; must not block
     * @param deadline the end of the wait, see {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit
     * @return whether the condition became true
     * @throws CancellationException if the thread is interrupted; its interrupt status stays set
     */
    public boolean await(BooleanSupplier condition, long deadline) {
        return await(signal, condition, deadline, title);
    }

    static boolean await(Signal signal, BooleanSupplier condition, long deadline, String title) {
        try {
            return signal.await(condition, deadline);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting on " + title);
        }
    }

    /**
     * Waits until {@code condition} is true. Drains pending input before the wait and again before it times out, so
     * that input that arrived in time counts, even if this thread is late. Does not wait for a recording that has
     * ended.
     *
     * @param condition the condition; must not block
     * @param within how long to wait; not at all if it is negative
     * @return whether the condition became true
     * @throws CancellationException if the thread is interrupted while it has to wait; its interrupt status stays set
     */
    public boolean awaitDraining(BooleanSupplier condition, Duration within) {
        if (condition.getAsBoolean()) {
            return true;
        }
        drainAction.run();
        if (await(() -> condition.getAsBoolean() || ended, System.nanoTime() + saturatedNanos(within))) {
            return !ended || condition.getAsBoolean();
        }
        drainAction.run();
        return condition.getAsBoolean();
    }

    /** Drains the server's pending input. */
    void drain() {
        drainAction.run();
    }

    private static long saturatedNanos(Duration duration) {
        return duration.isNegative()
                ? 0
                : duration.compareTo(LONGEST_WAIT) < 0 ? duration.toNanos() : LONGEST_WAIT.toNanos();
    }

    /** How many bytes, sent and received, the recording keeps. */
    public long keptBytes() {
        return kept.get();
    }

    boolean keep(int bytes) {
        return take(kept, bytes, limit);
    }

    /** Returns whether there is room for an event with this detail. */
    boolean keepEvent(String detail) {
        return take(keptForEvents, EventLog.COST + detail.length(), eventLimit());
    }

    /** Returns whether there is room for a step of a script. */
    boolean keepStep() {
        return take(keptForSteps, StepLog.COST, eventLimit());
    }

    private static boolean take(AtomicLong taken, long more, long limit) {
        if (taken.addAndGet(more) <= limit) {
            return true;
        }
        taken.addAndGet(-more);
        return false;
    }

    long eventLimit() {
        return Math.max(limit, LEAST_FOR_EVENTS);
    }

    long limit() {
        return limit;
    }

    String title() {
        return title;
    }

    Duration timeout() {
        return timeout;
    }

    boolean isEnded() {
        return ended;
    }

    long now() {
        return clock.getAsLong();
    }

    List<Exchange> exchanges() {
        return exchanges.stream().map(ExchangeRecorder::exchange).toList();
    }

    int size() {
        return exchanges.size();
    }

    Exchange exchange(int index) {
        return exchanges.get(index).exchange();
    }

    /** Notes why a connection had no real server. */
    public void unreachable(String reason) {
        unreachable = reason;
    }

    public Optional<String> unreachable() {
        return Optional.ofNullable(unreachable);
    }
}
