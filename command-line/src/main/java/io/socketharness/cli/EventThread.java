package io.socketharness.cli;

import io.socketharness.recording.Event;
import io.socketharness.spi.LiveDialogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The thread that shows the events of all servers, and prints the report of each failure when it happens. */
final class EventThread {

    /** How often incomplete lines are looked at. */
    private static final long INTERVAL = 50;

    /** How many connections of a server are kept, at least. */
    private static final int MOST_KEPT = 500;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final EventQueue events;
    private final RunningServers servers;
    private final Display display;
    private final Console console;
    private final long origin;
    private final boolean forgetting;
    private final List<LiveDialogue> dialogues = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "socket-harness output");
    private volatile boolean ending;

    /**
     * @param console for the reports of failures
     * @param origin of the times of events, see {@link System#nanoTime()}
     * @param forgetting whether old connections are forgotten: a server may run for days
     */
    EventThread(
            EventQueue events,
            RunningServers servers,
            Display display,
            Console console,
            long origin,
            boolean forgetting) {
        this.events = events;
        this.servers = servers;
        this.display = display;
        this.console = console;
        this.origin = origin;
        this.forgetting = forgetting;
        for (RunningServer server : servers.all()) {
            dialogues.add(new LiveDialogue(server.server().spec(), line -> display.line(server, line)));
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Duration looked = Duration.ZERO;
        try {
            while (true) {
                boolean isLast = ending;
                EventQueue.Item item = events.poll(isLast ? 0 : INTERVAL);
                leftOut(item == null ? events.takeLeftOut() : item.leftOutBefore());
                if (item != null) {
                    show(item);
                } else if (isLast) {
                    break;
                }
                Duration now = Duration.ofNanos(System.nanoTime() - origin);
                // not for each event: there may be many connections
                if (now.minus(looked).toMillis() >= INTERVAL) {
                    dialogues.forEach(dialogue -> dialogue.flush(now));
                    looked = now;
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        dialogues.forEach(LiveDialogue::flush);
    }

    private void leftOut(long count) {
        if (count > 0) {
            // the data before and after the gap is not one line
            dialogues.forEach(LiveDialogue::flush);
            display.leftOut(count);
        }
    }

    private void show(EventQueue.Item item) {
        Event event = item.event();
        LiveDialogue dialogue = dialogues.get(item.server());
        if (event == null) {
            dialogue.withdraw(item.connection(), item.withdrawn());
            return;
        }
        dialogue.add(item.connection(), event);
        RunningServer server = servers.get(item.server());
        boolean forgets = forgetting && event.kind() == Event.Kind.OPENED && item.connection() % MOST_KEPT == 0;
        if (event.kind() == Event.Kind.FAILED || forgets) {
            report(server, server.observed().failuresSoFar());
        }
        if (forgets) {
            server.observed().forgetEnded(MOST_KEPT);
        }
    }

    /** Prints the reports that were not printed before. */
    void report(RunningServer server, List<String> reports) {
        for (String report : server.newFailures(reports)) {
            if (!display.failure(server, report)) {
                console.message("FAILED", report);
            }
        }
    }

    /** Shows the events so far, and ends the thread. After a signal, it does not wait long for a terminal that is stopped. */
    void end() {
        ending = true;
        boolean interrupted = false;
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (thread.isAlive() && !(Signals.isReceived() && System.nanoTime() > deadline)) {
            try {
                thread.join(INTERVAL);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
