package io.socketharness.internal.sweep;

import io.socketharness.ServerSpec;
import io.socketharness.internal.Durations;
import io.socketharness.internal.ThrownText;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.internal.sweep.SweepRunServer.Ended;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.SweptTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executes the runs of a sweep, each on a thread of its own pool, so that a test that does not end is left behind. */
public final class SweepExecution {

    private final ServerSpec spec;
    private final SweepSettings settings;
    private final SweptTest test;
    private final Consumer<SweepRun> listener;
    private final SweepEngine engine;
    private final Set<SweepRunServer> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault sweep");
        thread.setDaemon(true);
        return thread;
    });

    public SweepExecution(
            ServerSpec spec,
            SweepSettings settings,
            KnownWeaknesses known,
            SweptTest test,
            Consumer<SweepRun> listener) {
        this.spec = spec;
        this.settings = settings;
        this.test = test;
        this.listener = listener;
        this.engine = new SweepEngine(spec, settings, known);
        requireFreeAddress();
    }

    /** Servers that run at the same time cannot have the same address. */
    private void requireFreeAddress() {
        String kind = spec.path().isPresent() ? "path" : "port";
        String fixed = spec.path().orElse(String.valueOf(spec.port()));
        if (settings.threads() > 1 && !fixed.equals("0")) {
            throw new IllegalArgumentException("found the " + kind + " " + fixed + " and parallel(" + settings.threads()
                    + "); servers that run at the same time need different addresses: set no " + kind
                    + ", and give the client that of the server, or remove parallel");
        }
    }

    /** The recordings of some runs, for the page. */
    public SweepRecordings recordings() {
        return engine.recordings();
    }

    /** Runs the sweep, and returns the results in the order of the dialogue. */
    public List<SweepRun> run() {
        ExitNotice notice = new ExitNotice();
        try {
            while (!engine.isPlanned()) {
                clean();
            }
            sweep(notice);
            return engine.runs();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the fault sweep was interrupted");
        } finally {
            threads.shutdownNow();
            open.forEach(SweepRunServer::close);
            notice.close();
        }
    }

    private void clean() throws InterruptedException {
        Attempt attempt = engine.cleanAttempt();
        SweepRunServer server = attempt.start(spec);
        open.add(server);
        try {
            Duration limit = engine.cleanLimit();
            RunEvidence evidence = result(execute(server, limit, 0));
            if (evidence.hang().isPresent()) {
                throw failed("it did not end within " + Durations.describe(limit), server, null);
            }
            if (evidence.thrown() != null) {
                throw failed(ThrownText.inOneLine(evidence.thrown()), server, evidence.thrown());
            }
            ServerAccess.running(server.server()).verify();
            engine.cleanEnded(evidence);
        } finally {
            open.remove(server);
            server.close();
        }
    }

    private static AssertionError failed(String reason, SweepRunServer server, @Nullable Throwable cause) {
        AssertionError error = new AssertionError(
                "The run without a fault failed, so nothing was swept: "
                        + Recorder.of(server.server().recording()).withoutSecrets(reason) + "\n"
                        + server.server().recording(),
                cause);
        try {
            ServerAccess.running(server.server()).verifyNoFailures();
        } catch (AssertionError report) {
            error.addSuppressed(report);
        }
        return error;
    }

    private void sweep(ExitNotice notice) throws InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        while (true) {
            while (lanes.size() < settings.threads()) {
                Optional<Attempt> next = engine.next();
                if (next.isEmpty()) {
                    break;
                }
                lanes.add(begin(next.get(), notice));
            }
            if (lanes.isEmpty()) {
                return;
            }
            awaitAny(lanes);
            for (Lane lane : List.copyOf(lanes)) {
                if (lane.end().isDone()) {
                    lanes.remove(lane);
                    end(lane, notice);
                }
            }
        }
    }

    private record Lane(Attempt attempt, SweepRunServer server, CompletableFuture<RunEvidence> end) {}

    private Lane begin(Attempt attempt, ExitNotice notice) {
        notice.begin(attempt.name());
        SweepRunServer server = attempt.start(spec);
        open.add(server);
        return new Lane(attempt, server, execute(server, engine.limit(), engine.open()));
    }

    private void end(Lane lane, ExitNotice notice) throws InterruptedException {
        try {
            engine.ended(lane.attempt(), result(lane.end())).ifPresent(listener);
        } finally {
            notice.end(lane.attempt().name());
            open.remove(lane.server());
            lane.server().close();
        }
    }

    private static void awaitAny(List<Lane> lanes) throws InterruptedException {
        CompletableFuture<?>[] ends = lanes.stream().map(Lane::end).toArray(CompletableFuture<?>[]::new);
        result(CompletableFuture.anyOf(ends));
    }

    private static <T> T result(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Runs the test on another thread. The result is complete when the test has ended, or is given up. */
    private CompletableFuture<RunEvidence> execute(SweepRunServer server, Duration limit, int open) {
        CompletableFuture<RunEvidence> end = new CompletableFuture<>();
        threads.execute(() -> {
            server.begin(Thread.currentThread(), limit, () -> {
                engine.stop(Watchdog.NOT_ENDED);
                complete(end, server, server.abandon(), open);
            });
            Throwable thrown = null;
            try {
                test.run(server.server());
            } catch (Throwable fails) {
                thrown = fails;
            }
            complete(end, server, server.end(thrown), open);
        });
        return end;
    }

    private static void complete(CompletableFuture<RunEvidence> end, SweepRunServer server, Ended ended, int open) {
        try {
            end.complete(server.evidence(ended, open));
        } catch (RuntimeException | Error failed) {
            end.completeExceptionally(failed);
        }
    }
}
