package io.socketharness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of servers. Listeners, which mostly wait, are virtual from JDK 24 on (before, a selector pins its
 * carrier): they cost little to start. Conversations, and the listener that serves datagrams, have daemons of the system: a
 * virtual thread that waits for input is woken by way of another thread, which halves the rate of an exchange.
 *
 * <p>The first listener of a JVM is a daemon all the same: once a virtual thread has waited in a selector, the JVM's end waits
 * 300 ms for the JDK's own threads behind it, which a process with a single server need not pay.
 */
final class Threads {

    private static final int FIRST_WITHOUT_PINNING = 24;
    private static final @Nullable MethodHandle VIRTUAL = virtual();
    private static final AtomicBoolean FIRST = new AtomicBoolean(true);

    private Threads() {}

    static Thread ofListener(String name, Runnable task) {
        if (VIRTUAL == null || FIRST.getAndSet(false)) {
            return ofConversation(name, task);
        }
        Thread thread = virtual(VIRTUAL, task);
        thread.setName(name);
        return thread;
    }

    static Thread ofConversation(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
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
