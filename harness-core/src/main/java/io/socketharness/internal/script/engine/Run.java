package io.socketharness.internal.script.engine;

/**
 * One run of a script on a connection: how its steps speak, and how far it is. Each thread that uses a connection has its
 * own, so that the settings and the steps of one run never reach another.
 */
final class Run {

    private final Progress progress;
    /** Whether it belongs to the test, and not to the script that serves the connection. */
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

    /** A run of a test thread, beside the one that serves the connection. */
    static Run outside() {
        return new Run(new Progress(), Settings.INITIAL, true);
    }

    /** A run inside this one, which begins with the same settings; {@code apart} for one on another thread. */
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
