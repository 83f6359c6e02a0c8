package io.socketharness.cli;

import io.socketharness.spi.LiveDialogue;

/** Shows the events of servers. All calls come from one thread at a time. */
interface Display {

    /** Shows nothing. */
    Display NONE = new Display() {
        @Override
        public void ready(RunningServer server) {}

        @Override
        public void line(RunningServer server, LiveDialogue.Line line) {}

        @Override
        public boolean failure(RunningServer server, String report) {
            return false;
        }

        @Override
        public void leftOut(long events) {}

        @Override
        public void ended(int exitCode, Totals totals) {}
    };

    /** A server accepts clients. */
    void ready(RunningServer server);

    /** A line of the dialogue of a connection. */
    void line(RunningServer server, LiveDialogue.Line line);

    /**
     * A server has failed; its report has several lines. Returns whether they were shown. If not, they are a message of the
     * program.
     */
    boolean failure(RunningServer server, String report);

    /** Events were not shown, because there were too many. */
    void leftOut(long events);

    /** All servers are closed. */
    void ended(int exitCode, Totals totals);
}
