package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.MessageComparison.Fit;
import io.socketharness.internal.script.engine.MessageComparison.Result;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
         * Takes the choice that {@code choice} returns; null if it returns none yet, and {@link Choice#NONE} if no
         * script is left. Other connections wait.
         */
        @Nullable
        Choice take(Function<Unused, Optional<Choice>> choice);

        /** Fails the connection, because no script is left for it. */
        void unserved();
    }

    /** The number of expected messages that a report shows. */
    private static final int MOST_MESSAGES = 3;

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
        Continuation open = unused.all().places().stream()
                .filter(unused::isOpen)
                .findFirst()
                .orElseThrow();
        return choice(unused.all(), open, unused, source);
    }

    /** Whether each of the scripts begins with a message of the client. */
    public static boolean isPossible(List<Script> scripts) {
        return scripts.stream()
                .allMatch(script -> NextMessage.of(Continuation.of(script), false)
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
        for (Continuation leader : scripts.places()) {
            if (!unused.isRun().test(leader)) {
                SameMessages end = scripts.along(leader.script());
                if (end.places().stream().anyMatch(unused::isOpen)) {
                    return choice(leader, end, source);
                }
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
        Choice chosen = on.receive(awaited, () -> choose(on));
        if (chosen == Choice.NONE) {
            source.unserved();
        } else {
            on.conversation().continueWith(chosen.next());
        }
    }

    private Choice choose(ScriptConnection on) {
        EndOfInput ended = null;
        IdentityHashMap<SameMessages, Optional<MessageComparison>> comparisons = new IdentityHashMap<>();
        while (true) {
            boolean isLast = ended != null;
            Bytes arrived = Bytes.of(on.conversation().reader().unread());
            Choice choice = source.take(unused -> best(unused, comparisons, arrived, isLast, on));
            if (choice != null) {
                return choice;
            }
            if (ended != null) {
                throw ended;
            }
            try {
                on.input().awaitMore(on.input().position() + arrived.size());
            } catch (EndOfInput end) {
                ended = end;
            }
        }
    }

    private record Candidate(Continuation place, Result result) {

        boolean fits(Fit fit) {
            return result.fit() == fit;
        }
    }

    /** The script that fits best; empty if more input decides, or a client that has ended should have sent more. */
    private Optional<Choice> best(
            Unused unused,
            IdentityHashMap<SameMessages, Optional<MessageComparison>> comparisons,
            Bytes input,
            boolean ended,
            ScriptConnection connection) {
        SameMessages all = same == null ? unused.all() : same;
        List<Continuation> places = all.places().stream().filter(unused::isOpen).toList();
        List<Candidate> candidates = new ArrayList<>();
        Set<SameMessages> compared = new HashSet<>();
        for (Continuation place : places) {
            SameMessages alike = all.like(place);
            if (compared.add(alike)) {
                comparisons
                        .computeIfAbsent(
                                alike, one -> one.message().map(message -> new MessageComparison(message, connection)))
                        .ifPresent(message -> candidates.add(new Candidate(place, message.compare(input, ended))));
            }
        }
        // a client that leaves takes no script from the others
        boolean isOpen = candidates.stream().noneMatch(one -> one.fits(Fit.WHOLE))
                && (ended
                        ? input.isEmpty()
                        : candidates.stream()
                                        .filter(one -> one.fits(Fit.BEGINNING))
                                        .count()
                                > 1);
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
                                + " connections of the tape, whose messages are equal so far" + expected(same));
    }

    /** The messages that this connection can expect now, in words. */
    private String expected(SameMessages scripts) {
        Set<String> messages = new LinkedHashSet<>();
        source.take(unused -> {
            scripts.places().stream()
                    .filter(unused::isOpen)
                    .flatMap(place -> scripts.like(place).message().stream())
                    .map(NextMessage::firstLine)
                    .forEach(messages::add);
            return Optional.empty();
        });
        messages.remove("");
        List<String> shown = messages.stream().limit(MOST_MESSAGES).toList();
        int others = messages.size() - shown.size();
        return (shown.isEmpty() ? "" : ": ")
                + String.join(" or ", shown)
                + (others == 0 ? "" : " or " + others + " other messages");
    }
}
