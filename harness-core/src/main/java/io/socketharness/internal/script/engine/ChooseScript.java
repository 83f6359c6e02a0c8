package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.NextMessage.Fit;
import io.socketharness.internal.script.engine.NextMessage.Result;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the next message of a client, and continues with the script that expects it. While several scripts expect the
 * same messages, the connection runs the steps of one of them, and chooses again where the messages differ.
 */
public final class ChooseScript implements Step {

    /** The scripts of the server. */
    public interface Source {

        /**
         * Takes the choice that {@code choice} returns; null if it returns none yet, or none is possible. Other
         * connections wait.
         */
        @Nullable
        Choice take(Function<Unused, Optional<Choice>> choice);

        /** Whether no script is left for the connection. */
        boolean isEmpty();

        /** Fails the connection, because no script is left for it. */
        void unserved();
    }

    private final Source source;
    /** The scripts that expect the messages so far; null at the beginning. */
    private final @Nullable SameMessages same;

    private ChooseScript(Source source, @Nullable SameMessages same) {
        this.source = source;
        this.same = same;
    }

    /** The script of this step, for the first message of a connection. */
    public static Script from(Source source) {
        return Script.of(new ChooseScript(source, null));
    }

    /** The choice of a connection in which the server begins: the first script that no other one has begun. */
    public static Choice first(Unused unused, Source source) {
        return choice(
                SameMessages.atBegin(unused.all()),
                Continuation.of(unused.open().get(0)),
                unused,
                source);
    }

    /** Whether each of the scripts begins with a message of the client. */
    public static boolean isPossible(List<Script> scripts) {
        return scripts.stream()
                .allMatch(script -> NextMessage.of(Continuation.of(script))
                        .filter(message -> !message.isEnd())
                        .isPresent());
    }

    /**
     * The next steps.
     *
     * @param scripts those that the connection can follow
     * @param open one of them that the connection can use up
     */
    private static Choice choice(SameMessages scripts, Continuation open, Unused unused, Source source) {
        SameMessages none = SameMessages.atBegin(List.of());
        for (Continuation leader : scripts.places()) {
            SameMessages end = unused.isRun().test(leader) ? none : scripts.along(leader.script());
            if (end.scripts().stream().anyMatch(unused.open()::contains)) {
                return choice(leader, end, source);
            }
        }
        return choice(open, scripts.along(open.script()), source);
    }

    private static Choice choice(Continuation leader, SameMessages end, Source source) {
        if (end.isEnd()) {
            return new Choice(leader, leader.script(), end);
        }
        Continuation until = end.place(leader.script());
        List<Behaviour> steps = new ArrayList<>(leader.script().steps().subList(0, until.from()));
        steps.add(new ChooseScript(source, end));
        return new Choice(leader, Script.of(steps.toArray(Behaviour[]::new)), end);
    }

    @Override
    public void run(Connection connection) {
        ScriptConnection on = ScriptConnection.of(connection);
        // a client that ends without a message needs no script; datagrams have no end
        if ((same == null || connection.isDatagrams()) && connection.atEnd()) {
            return;
        }
        String awaited = same == null ? "the first message" : "the next message";
        Optional<Choice> chosen = on.receive(awaited, () -> choose(on));
        chosen.ifPresentOrElse(choice -> on.conversation().continueWith(choice.next()), source::unserved);
    }

    /** Returns the choice; empty if no script is left. */
    private Optional<Choice> choose(ScriptConnection on) {
        boolean ended = false;
        // of this connection: each knows how much of it has matched
        IdentityHashMap<Script, Optional<NextMessage>> messages = new IdentityHashMap<>();
        while (!source.isEmpty()) {
            boolean isLast = ended;
            Bytes arrived = Bytes.of(on.conversation().reader().unread());
            Choice choice = source.take(unused -> best(unused, messages, arrived, isLast, on));
            if (choice != null) {
                return Optional.of(choice);
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

    private record Candidate(Continuation place, NextMessage message, Result result) {

        boolean fits(Fit fit) {
            return result.fit() == fit;
        }
    }

    /** The script that fits best; empty if more input decides. */
    private Optional<Choice> best(
            Unused unused,
            IdentityHashMap<Script, Optional<NextMessage>> messages,
            Bytes input,
            boolean ended,
            Connection connection) {
        SameMessages all = same == null ? SameMessages.atBegin(unused.all()) : same;
        List<Continuation> places = all.places().stream()
                .filter(place -> unused.open().contains(place.script()))
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (Continuation place : places) {
            messages.computeIfAbsent(place.script(), script -> NextMessage.of(place))
                    .ifPresent(message ->
                            candidates.add(new Candidate(place, message, message.compare(input, ended, connection))));
        }
        List<Candidate> begun =
                candidates.stream().filter(one -> one.fits(Fit.BEGINNING)).toList();
        boolean isOpen = candidates.stream().noneMatch(one -> one.fits(Fit.WHOLE))
                && !ended
                && begun.stream()
                        .anyMatch(one -> !one.message().isSameAs(begun.get(0).message()));
        if (isOpen) {
            return Optional.empty();
        }
        Candidate best = null;
        for (Candidate one : candidates) {
            if (best == null || isBetter(one.result(), best.result())) {
                best = one;
            }
        }
        Continuation chosen = best == null ? places.get(0) : best.place();
        return Optional.of(choice(all.like(chosen), chosen, unused, source));
    }

    /** The first script of the tape is best among equals. */
    private static boolean isBetter(Result one, Result other) {
        return one.fit() != other.fit() ? one.fit().compareTo(other.fit()) < 0 : one.matched() > other.matched();
    }

    @Override
    public Obligation obligation() {
        return same == null || !same.ended().isEmpty() ? Obligation.TAKES : Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of(
                same == null
                        ? "the connection of the tape that begins with the client's first message"
                        : "the next message of one of " + same.places().size()
                                + " connections of the tape, whose messages are equal so far");
    }
}
