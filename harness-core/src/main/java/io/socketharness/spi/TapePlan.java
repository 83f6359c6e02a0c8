package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.server.ServerAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether a declared server records its tape or replays it. */
final class TapePlan {

    /**
     * A server of a test.
     *
     * @param title the server for messages
     * @param id the same for each run of the test; overloaded methods have the same title
     */
    private record Owner(String title, String id) {

        boolean isSame(Owner other) {
            return id.equals(other.id);
        }
    }

    /** The servers of tests that record each file in this run. */
    private static final Map<Path, Owner> RECORDING = new ConcurrentHashMap<>();
    /** Those whose tests have passed, so that it is written. */
    private static final Map<Path, Owner> WRITTEN = new ConcurrentHashMap<>();

    private final Owner owner;

    private final TapeLocation location;
    private final List<String> masks;
    private final String realServer;
    private final @Nullable Tape replayed;
    private final @Nullable Tape before;

    private TapePlan(ServerDeclaration server, TestRun test, String name) {
        String title = test + ", " + server.place();
        this.owner = new Owner(title, title + ", " + test.method());
        this.masks = server.masks();
        this.realServer = server.realServer();
        this.location = TapeLocation.of(test, TapeName.of(name, server.element(), test));
        TapeMode.Choice choice = TapeMode.of(test);
        boolean recordsAgain = choice.mode() == TapeMode.RECORD && !realServer.isEmpty();
        this.before = recordsAgain
                ? location.readable().orElse(null)
                : location.read().orElse(null);
        boolean records = recordsAgain || choice.mode() == TapeMode.AUTO && before == null;
        this.replayed = records ? null : before;
        requireOwn((records ? RECORDING : WRITTEN).get(location.file()));
        if (choice.mode() == TapeMode.AUTO && replayed != null && !realServer.isEmpty()) {
            location.noteCopy();
        }
        if (records && !realServer.isEmpty()) {
            location.requireWritable();
            // a test that runs at the same time may have claimed it
            requireOwn(RECORDING.putIfAbsent(location.file(), owner));
        } else if (before == null) {
            throw new IllegalArgumentException("tape " + location.file().getFileName() + " was not found, "
                    + location.searched()
                    + (realServer.isEmpty() ? "" : ", and is not recorded because " + choice.reason()) + ". "
                    + howToRecord());
        }
    }

    /** Another server has recorded the tape in this run: this one would replace it, or replay the dialogue of the other. */
    private void requireOwn(@Nullable Owner other) {
        if (other != null && !other.isSame(owner)) {
            boolean isOverloaded = other.title().equals(owner.title());
            throw new IllegalArgumentException("tape " + location.file() + " is the tape of "
                    + (isOverloaded ? other.id() : other.title()) + " in this run, and not of "
                    + (isOverloaded ? owner.id() : owner.title()) + "; give each server its own tape");
        }
    }

    private String howToRecord() {
        return realServer.isEmpty()
                ? "To record it, set forwardTo to the address of the real server"
                : "To record it, run the test with -D" + TapeMode.PROPERTY + "=record where the real server "
                        + realServer + " can be reached";
    }

    /** The plan of a server that has a tape. */
    static Optional<TapePlan> of(DeclaredServer server, TestRun test) {
        return server instanceof ServerDeclaration declaration
                ? declaration.tape().map(name -> new TapePlan(declaration, test, name))
                : Optional.empty();
    }

    /** The specification of the server that replays or records. */
    ServerSpec apply(ServerSpec spec) {
        return replayed == null ? spec : spec.toBuilder().tape(replayed).build();
    }

    /** Records when the test has passed. */
    void started(FakeServer server) {
        if (replayed != null) {
            return;
        }
        RunningServer running = ServerAccess.running(server);
        running.verifier()
                .advise("This run records " + location.file().getFileName()
                        + (before == null ? ", because it was not found, " + location.searched() : "")
                        + ". It is written when the test has passed.");
        running.whenPassed(() -> {
            String comment = "Recorded from " + realServer + ". To record it again: -D" + TapeMode.PROPERTY + "=record";
            RunningServer.Writing tape = new TapeRecorder(server, location.file(), before, masks, comment).prepare();
            return () -> {
                // before the file exists: a test that runs at the same time may find it
                WRITTEN.put(location.file(), owner);
                tape.run();
            };
        });
    }
}
