package io.socketharness.cli;

import io.socketharness.recording.Event;
import io.socketharness.spi.ServerObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from the threads of the servers to the thread that shows them. If the output is slower than the
 * servers, events are left out, because a server must not wait for a terminal.
 */
final class EventQueue {

    /** The limit for the data of events that wait. */
    private static final long MOST = 32L << 20;
    /** The heap of an event without its data. */
    private static final long COST = 200;

    /**
     * An event of a server.
     *
     * @param server the number of the server
     * @param connection the index of the connection
     * @param event the event; null if data was withdrawn
     * @param withdrawn the number of withdrawn bytes
     */
    record Item(int server, int connection, @Nullable Event event, int withdrawn) {

        private long cost() {
            return COST + (event == null ? 0 : event.bytes().size());
        }
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final AtomicLong size = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();

    /** The observer of a server. */
    ServerObserver observer(int server) {
        return new ServerObserver() {
            @Override
            public void occurred(int connection, Event event) {
                add(new Item(server, connection, event, 0));
            }

            @Override
            public void withdrawn(int connection, int count) {
                add(new Item(server, connection, null, count));
            }
        };
    }

    private void add(Item item) {
        if (size.addAndGet(item.cost()) > MOST) {
            size.addAndGet(-item.cost());
            leftOut.incrementAndGet();
        } else {
            items.add(item);
        }
    }

    /** Takes the next event; null if there is none within some milliseconds. */
    @Nullable
    Item poll(long milliseconds) throws InterruptedException {
        Item item = items.poll(milliseconds, TimeUnit.MILLISECONDS);
        if (item != null) {
            size.addAndGet(-item.cost());
        }
        return item;
    }

    /** Returns how many events were left out since the last call. */
    long takeLeftOut() {
        return leftOut.getAndSet(0);
    }
}
