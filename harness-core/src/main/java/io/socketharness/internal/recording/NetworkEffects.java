package io.socketharness.internal.recording;

import io.socketharness.recording.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;

/** Records what network conditions do to data, and to which. */
public final class NetworkEffects {

    /** Data on its way through the simulated network. */
    public static final class Data {

        private static final int NOT_ARRIVED = -1;

        private final Event.Kind direction;
        private final AtomicInteger copies = new AtomicInteger(1);
        private volatile int from = NOT_ARRIVED;

        private Data(Event.Kind direction) {
            this.direction = direction;
        }

        /** Notes that there are more copies of it, or fewer. Without any it is lost. */
        public void copies(int more) {
            copies.addAndGet(more);
        }
    }

    private record Effect(int event, Data data) {}

    private final ExchangeLog log;
    private final Lock lock;
    private final List<Effect> effects = new ArrayList<>(0);

    NetworkEffects(ExchangeLog log, Lock lock) {
        this.log = log;
        this.lock = lock;
    }

    /** Data that the next event of kind {@link Event.Kind#SENT} has. */
    public Data sending() {
        Data data = new Data(Event.Kind.SENT);
        atNextEvent(data);
        return data;
    }

    /** Data that the client has sent and that may not arrive. */
    public Data receiving() {
        return new Data(Event.Kind.RECEIVED);
    }

    /** Notes that data of the client arrives: the next event of kind {@link Event.Kind#RECEIVED} has it. */
    public void arrives(Data data) {
        atNextEvent(data);
    }

    /** Takes no lock: TLS sends data of its own while it holds a lock that others take after that of the recorder. */
    private void atNextEvent(Data data) {
        data.from = log.size();
    }

    /** Records what a condition does to data. */
    void add(String what, Data data) {
        lock.lock();
        try {
            effects.add(new Effect(log.size(), data));
            log.event(Event.Kind.NETWORK, Event.Kind.NETWORK + ": " + what);
        } finally {
            lock.unlock();
        }
    }

    /** Returns all effects so far. */
    public List<NetworkEffect> read() {
        lock.lock();
        try {
            return effects.stream()
                    .map(one -> new NetworkEffect(
                            one.event(),
                            one.data().direction,
                            one.data().from < 0 ? OptionalInt.empty() : OptionalInt.of(one.data().from),
                            one.data().copies.get() == 0))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
