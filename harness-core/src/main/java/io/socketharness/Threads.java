package io.socketharness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Makes the threads of servers: virtual ones from JDK 24 on (before, a selector pins its carrier), else daemons. */
final class Threads {

    private static final int FIRST_WITHOUT_PINNING = 24;
    private static final @Nullable MethodHandle VIRTUAL = virtual();

    private Threads() {}

    static Thread unstarted(String name, Runnable task) {
        Thread thread = VIRTUAL == null ? new Thread(task) : virtual(VIRTUAL, task);
        thread.setName(name);
        if (VIRTUAL == null) {
            thread.setDaemon(true);
        }
        return thread;
    }

    private static Thread virtual(MethodHandle builder, Runnable task) {
        try {
            return (Thread) builder.invokeExact(task);
        } catch (Throwable impossible) {
            throw new LinkageError("Thread.ofVirtual().unstarted failed", impossible);
        }
    }

    private static @Nullable MethodHandle virtual() {
        if (Runtime.version().feature() < FIRST_WITHOUT_PINNING) {
            return null;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual))
                    .invoke();
            return lookup.findVirtual(ofVirtual, "unstarted", MethodType.methodType(Thread.class, Runnable.class))
                    .bindTo(builder);
        } catch (Throwable absent) {
            return null;
        }
    }
}
