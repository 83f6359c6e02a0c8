package io.socketharness.cli;

import io.socketharness.recording.Event;
import io.socketharness.spi.ServerObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from the threads of the servers to the thread that shows them. If the output is slower than the
 * servers, events are left out, because a server must not wait for a terminal.
 */
final class EventQueue {

    /** The limit for events that wait. At the limit, events with data are left out until half of the others are shown. */
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
     * @param leftOutBefore how many events were left out before this one
     */
    record Item(int server, int connection, @Nullable Event event, int withdrawn, long leftOutBefore) {

        private long cost() {
            return COST + (event == null ? 0 : event.bytes().size());
        }

        private boolean isData() {
            return event == null || event.kind() == Event.Kind.RECEIVED || event.kind() == Event.Kind.SENT;
        }

        private Item after(long leftOut) {
            return leftOut == 0 ? this : new Item(server, connection, event, withdrawn, leftOut);
        }
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private long size;
    private long leftOut;
    private boolean isFull;

    /** The observer of a server. */
    ServerObserver observer(int server) {
        return new ServerObserver() {
            @Override
            public void occurred(int connection, Event event) {
                add(new Item(server, connection, event, 0, 0));
            }

            @Override
            public void withdrawn(int connection, int count) {
                add(new Item(server, connection, null, count, 0));
            }
        };
    }

    private synchronized void add(Item item) {
        isFull = size + item.cost() > (isFull ? MOST / 2 : MOST);
        // the display needs the begin and the end of a connection; twice the limit has room for very many
        if (isFull && (item.isData() || size > 2 * MOST)) {
            leftOut++;
        } else {
            size += item.cost();
            items.add(item.after(takeLeftOut()));
        }
    }

    /** Takes the next event; null if there is none within some milliseconds. */
    @Nullable
    Item poll(long milliseconds) throws InterruptedException {
        Item item = items.poll(milliseconds, TimeUnit.MILLISECONDS);
        if (item != null) {
            shown(item);
        }
        return item;
    }

    private synchronized void shown(Item item) {
        size -= item.cost();
    }

    /** Returns how many events were left out after the last one in the queue. */
    synchronized long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
