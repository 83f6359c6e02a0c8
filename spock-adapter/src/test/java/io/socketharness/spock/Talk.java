package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What iterations do that run at the same time; the barrier proves that they do. */
final class Talk {

    private static final CyclicBarrier ALL = new CyclicBarrier(4);

    private Talk() {}

    static boolean hold(String line, FakeServer field, FakeServer shared, FakeServer parameter) {
        try {
            ALL.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("the iterations did not run at the same time", alone);
        }
        String hello = JdkClient.tcp(parameter.address(), "");
        JdkClient.tcp(field.address(), line + "\n");
        return hello.equals("hello\r\n")
                && field.recording().exchanges().size() == 1
                && parameter.recording().exchanges().size() == 1
                && !shared.recording().isEnded();
    }
}
