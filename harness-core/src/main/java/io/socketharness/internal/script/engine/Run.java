package io.socketharness.internal.script.engine;

import io.socketharness.script.OutputClosed;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script on a connection: its settings and its progress. Each thread that uses a connection has its own
 * run, so that settings and steps never affect another run.
 */
final class Run {

    private final Progress progress;
    /** Whether it belongs to the test, not to the script that serves the connection. */
    private final boolean outside;
    /** Whether it receives on the connection, so that other threads send in its framing. */
    private final boolean serves;
    /** Whether it may send no more. */
    private final BooleanSupplier over;
    /** The settings of another run, which apply until this one has its own. */
    private final Supplier<Settings> followed;

    private volatile @Nullable Settings settings;

    private Run(Progress progress, boolean outside, boolean serves, BooleanSupplier over, Supplier<Settings> followed) {
        this.progress = progress;
        this.outside = outside;
        this.serves = serves;
        this.over = over;
        this.followed = followed;
    }

    /** The run of the script that serves a connection. */
    static Run serving(Progress progress) {
        return new Run(progress, false, true, () -> false, () -> Settings.INITIAL);
    }

    /** The run of a test thread that serves a connection in place of a script. */
    static Run holding() {
        return new Run(new Progress(), true, true, () -> false, () -> Settings.INITIAL);
    }

    /** A run of a test thread, in parallel with the one that serves the connection, whose settings it follows. */
    static Run outside(Supplier<Settings> served) {
        return new Run(new Progress(), true, false, () -> false, served);
    }

    /** A run beside this one, with the settings of now, which may send until it is over. */
    Run beside(BooleanSupplier isOver) {
        Settings now = settings().within(null);
        return new Run(new Progress(), outside, false, isOver, () -> now);
    }

    /** A run inside this one, with the same initial settings; {@code apart} for one on another thread. */
    Run nested(boolean apart) {
        Settings now = settings;
        return new Run(
                apart ? new Progress() : progress,
                outside,
                serves && (outside || !apart),
                over,
                now == null ? followed : () -> now);
    }

    Progress progress() {
        return progress;
    }

    boolean isOutside() {
        return outside;
    }

    boolean serves() {
        return serves;
    }

    void requireNotOver() {
        if (over.getAsBoolean()) {
            throw new OutputClosed("its block has ended", null);
        }
    }

    Settings settings() {
        Settings own = settings;
        return own == null ? followed.get() : own;
    }

    void settings(Settings newSettings) {
        settings = newSettings;
    }
}
