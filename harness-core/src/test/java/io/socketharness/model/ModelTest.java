package io.socketharness.model;

import io.socketharness.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Random scripts and random clients: each verdict and each byte is as the {@link Model} says. CONTRIBUTING.md says how to
 * run more of them, and how to run one of them again.
 */
class ModelTest {

    private static final int TRANSPORTS = 4;
    private static final int CONVERSATIONS = Integer.getInteger("socketharness.model.conversations", 400) / TRANSPORTS;
    private static final Long SEED = Long.getLong("socketharness.model.seed");
    private static final int AT_ONCE = 8;
    private static final int MOST_REPORTED = 20;
    private static final int MOST_SHRUNK = 3;
    private static final Duration SHRINKING = Duration.ofSeconds(10);

    private record Fault(long seed, Plan plan, String text) {}

    @Test
    void tcp() throws Exception {
        converse(Transport.TCP);
    }

    @Test
    void tls() throws Exception {
        converse(Transport.TLS);
    }

    @Test
    void unix() throws Exception {
        converse(Transport.UNIX);
    }

    @Test
    void udp() throws Exception {
        converse(Transport.UDP);
    }

    private static void converse(Transport transport) throws Exception {
        List<Fault> faults = faults(transport);
        if (faults.isEmpty()) {
            return;
        }
        StringBuilder report = new StringBuilder();
        report.append(faults.size())
                .append(" of ")
                .append(CONVERSATIONS)
                .append(" conversations are not as expected\n");
        for (int i = 0; i < Math.min(MOST_REPORTED, faults.size()); i++) {
            Fault fault = faults.get(i);
            report.append("\n== -Dtest=ModelTest#").append(transport).append(" -Dsocketharness.model.seed=");
            report.append(fault.seed()).append('\n').append(fault.text());
            String shrunk = i < MOST_SHRUNK ? Shrinker.shrink(fault.plan(), fault.text(), SHRINKING) : fault.text();
            report.append(shrunk.equals(fault.text()) ? "" : "\n== smaller\n" + shrunk);
        }
        Assertions.fail(report.toString());
    }

    private static List<Fault> faults(Transport transport) throws InterruptedException, ExecutionException {
        Random seeds = new Random();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Fault>> trials = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            long seed = SEED == null ? seeds.nextInt(Integer.MAX_VALUE) : SEED;
            trials.add(threads.submit(() -> {
                Plan plan = PlanGenerator.plan(transport, seed);
                return new Fault(seed, plan, Trial.run(plan));
            }));
        }
        threads.shutdown();
        List<Fault> faults = new ArrayList<>();
        for (Future<Fault> trial : trials) {
            Fault fault = trial.get();
            if (!fault.text().isEmpty()) {
                faults.add(fault);
            }
        }
        return faults;
    }
}
