package io.socketharness.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the program in order at the first SIGINT or SIGTERM, and at once at the second. The JDK has no supported API for it
 * but {@code sun.misc.Signal} (module {@code jdk.unsupported}), which the compiler warns about.
 */
final class Signals {

    private static final CountDownLatch RECEIVED = new CountDownLatch(1);
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    private Signals() {}

    /** Handles signals from now on. */
    static void install() {
        if (!INSTALLED.compareAndSet(false, true)) {
            return;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            received();
                        }
                        return null;
                    });
            Method handle = signal.getMethod("handle", signal, handlerType);
            for (String name : List.of("INT", "TERM")) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            // without a handler, a signal ends the program at once
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.DEBUG, "no signal handler", unsupported);
        }
    }

    private static void received() {
        if (RECEIVED.getCount() == 0) {
            // a client may ignore the first signal
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        RECEIVED.countDown();
    }

    /** Returns when the first signal arrives. */
    static void await() throws InterruptedException {
        RECEIVED.await();
    }

    static boolean isReceived() {
        return RECEIVED.getCount() == 0;
    }
}
