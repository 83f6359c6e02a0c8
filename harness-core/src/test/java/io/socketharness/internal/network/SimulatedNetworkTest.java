package io.socketharness.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedNetworkTest {

    @Test
    void waitsForItsThreadEvenBeforeThatRuns() throws Exception {
        SimulatedNetwork network = new SimulatedNetwork(1, List.of(), SelectorProvider.provider(), failed -> {});
        AtomicBoolean ran = new AtomicBoolean();
        AtomicBoolean returned = new AtomicBoolean();
        network.thread().execute(() -> ran.set(true));
        Thread caller = Thread.currentThread();
        CompletableFuture<Void> thread = CompletableFuture.runAsync(() -> {
            while (caller.getState() != Thread.State.TIMED_WAITING && !returned.get()) {
                Thread.onSpinWait();
            }
            network.thread().run();
        });

        network.sync();
        boolean waited = ran.get();
        returned.set(true);

        assertThat(waited).isTrue();
        network.close();
        thread.get(20, TimeUnit.SECONDS);
    }

    @Test
    void closesAlthoughMuchIsDue() throws Exception {
        SimulatedNetwork network = new SimulatedNetwork(1, List.of(), SelectorProvider.provider(), failed -> {});
        Timeline timeline = network.thread().timeline();
        Runnable[] again = new Runnable[1];
        again[0] = () -> timeline.at(System.nanoTime(), again[0]); // as pieces that are due faster than they leave
        again[0].run();

        CompletableFuture<Void> thread = CompletableFuture.runAsync(network.thread());
        network.sync();
        network.close();

        thread.get(20, TimeUnit.SECONDS);
    }
}
