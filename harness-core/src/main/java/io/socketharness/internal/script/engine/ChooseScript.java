package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.FirstMessage.Fit;
import io.socketharness.internal.script.engine.FirstMessage.Result;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for the first message of a client, and continues with the script that expects it. */
public final class ChooseScript implements Step {

    /** The scripts that no connection has run. */
    public interface Source {

        /** Takes the script that {@code choice} returns; null if it returns none yet. Other connections wait. */
        @Nullable
        Script take(Function<List<Script>, Optional<Script>> choice);

        /** Whether none is left. */
        boolean isEmpty();

        /** Fails the connection, because no script is left for it. */
        void unserved();
    }

    private final Source source;

    private ChooseScript(Source source) {
        this.source = source;
    }

    /** The script of this step. */
    public static Script from(Source source) {
        return Script.of(new ChooseScript(source));
    }

    /** Whether each of the scripts begins with a message of the client. */
    public static boolean isPossible(List<Script> scripts) {
        return scripts.stream().allMatch(script -> FirstMessage.of(script).isPresent());
    }

    @Override
    public void run(Connection connection) {
        ScriptConnection on = ScriptConnection.of(connection);
        // a client that ends without a message needs no script
        if (connection.atEnd()) {
            return;
        }
        Optional<Script> chosen = on.receive("the first message", () -> choose(on));
        chosen.ifPresentOrElse(on.conversation()::continueWith, source::unserved);
    }

    /** Returns the script; empty if none is left. */
    private Optional<Script> choose(ScriptConnection on) {
        boolean ended = false;
        // of this connection: each knows how much of it has matched
        IdentityHashMap<Script, Optional<FirstMessage>> messages = new IdentityHashMap<>();
        while (!source.isEmpty()) {
            boolean isLast = ended;
            Bytes arrived = Bytes.of(on.conversation().reader().unread());
            Script script = source.take(scripts -> best(scripts, messages, arrived, isLast, on));
            if (script != null) {
                return Optional.of(script);
            }
            try {
                on.input().awaitMore(on.input().position() + arrived.size());
            } catch (EndOfInput end) {
                // the script reports what is missing
                ended = true;
            }
        }
        return Optional.empty();
    }

    private record Candidate(Script script, FirstMessage message, Result result) {

        boolean fits(Fit fit) {
            return result.fit() == fit;
        }
    }

    /** The script that fits best; empty if more input decides. */
    private static Optional<Script> best(
            List<Script> scripts,
            // of this connection: each knows how much of it has matched
            IdentityHashMap<Script, Optional<FirstMessage>> messages,
            Bytes input,
            boolean ended,
            Connection connection) {
        List<Candidate> all = new ArrayList<>();
        for (Script script : scripts) {
            messages.computeIfAbsent(script, FirstMessage::of)
                    .ifPresent(message -> all.add(new Candidate(script, message, message.compare(input, connection))));
        }
        List<Candidate> begun =
                all.stream().filter(one -> one.fits(Fit.BEGINNING)).toList();
        boolean isOpen = all.stream().noneMatch(one -> one.fits(Fit.WHOLE))
                && !ended
                && begun.stream()
                        .anyMatch(one -> !one.message().isSameAs(begun.get(0).message()));
        if (isOpen) {
            return Optional.empty();
        }
        Candidate best = null;
        for (Candidate one : all) {
            if (best == null || isBetter(one.result(), best.result())) {
                best = one;
            }
        }
        return Optional.of(best == null ? scripts.get(0) : best.script());
    }

    /** The first script of the tape is best among equals. */
    private static boolean isBetter(Result one, Result other) {
        return one.fit() != other.fit() ? one.fit().compareTo(other.fit()) < 0 : one.matched() > other.matched();
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
    }

    @Override
    public List<String> lines() {
        return List.of("the connection of the tape that begins with the client's first message");
    }
}
