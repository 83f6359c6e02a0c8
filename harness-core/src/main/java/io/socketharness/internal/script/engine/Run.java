package io.socketharness.internal.script.engine;

/**
 * One run of a script on a connection: its settings and its progress. Each thread that uses a connection has its own
 * run, so that settings and steps never affect another run.
 */
final class Run {

    private final Progress progress;
    /** Whether it belongs to the test, not to the script that serves the connection. */
    private final boolean outside;

    private volatile Settings settings;

    private Run(Progress progress, Settings settings, boolean outside) {
        this.progress = progress;
        this.settings = settings;
        this.outside = outside;
    }

    /** The run of the script that serves a connection. */
    static Run serving(Progress progress) {
        return new Run(progress, Settings.INITIAL, false);
    }

    /** A run of a test thread, in parallel with the one that serves the connection. */
    static Run outside() {
        return new Run(new Progress(), Settings.INITIAL, true);
    }

    /** A run inside this one, with the same initial settings; {@code apart} for one on another thread. */
    Run nested(boolean apart) {
        return new Run(apart ? new Progress() : progress, settings, outside);
    }

    Progress progress() {
        return progress;
    }

    boolean isOutside() {
        return outside;
    }

    Settings settings() {
        return settings;
    }

    void settings(Settings newSettings) {
        settings = newSettings;
    }
}
