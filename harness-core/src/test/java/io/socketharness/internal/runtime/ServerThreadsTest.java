package io.socketharness.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerThreadsTest {

    /** A listener starts a conversation, and that receives on a port of its own: they are waited for one after another. */
    @Test
    void waitsForAThreadThatOthersHaveStartedAtTheEnd() {
        ServerThreads threads = new ServerThreads();
        Thread ending = Thread.currentThread();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        threads.start("first", () -> {
            while (ending.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            Thread second = threads.start("second", () -> {
                Thread third = threads.start("third", () -> {
                    interrupted.set(isInterruptedWithin(100));
                    ended.set(true);
                });
                assertThat(third).isNotNull();
            });
            assertThat(second).isNotNull();
        });

        threads.end("a server", () -> {});

        assertThat(ended).isTrue();
        assertThat(interrupted).isFalse();
    }

    private static boolean isInterruptedWithin(int millis) {
        try {
            return new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException tooSoon) {
            return true;
        }
    }
}
