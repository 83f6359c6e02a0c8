package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Scripts for clients that have sent the same messages so far. The answers of the server may differ.
 *
 * @param places the next step of each script
 */
record SameMessages(List<Continuation> places) {

    SameMessages {
        places = List.copyOf(places);
    }

    /** Scripts of which no step has run. */
    static SameMessages atBegin(List<Script> scripts) {
        return new SameMessages(scripts.stream().map(Continuation::of).toList());
    }

    List<Script> scripts() {
        return places.stream().map(Continuation::script).toList();
    }

    /** Whether no script has a step left. */
    boolean isEnd() {
        return places.stream().allMatch(Continuation::isEnd);
    }

    /** Those without a step left. */
    List<Script> ended() {
        return places.stream()
                .filter(Continuation::isEnd)
                .map(Continuation::script)
                .toList();
    }

    /** Those in which the client sends the same message as in one of them. */
    SameMessages like(Continuation one) {
        Optional<NextMessage> message = NextMessage.of(one);
        return only(other -> NextMessage.areSame(message, NextMessage.of(other)));
    }

    /**
     * The place up to which a connection can follow one of the scripts: where the client decides which of them continues,
     * or the end.
     *
     * @param leader whose steps run; where another one differs in a step of the server, that one is left behind
     */
    SameMessages along(Script leader) {
        SameMessages at = this;
        while (true) {
            at = at.map(Continuation::afterAnswers);
            Continuation first = at.place(leader);
            if (at.places.size() == 1 || at.isEnd()) {
                return at.map(place -> place.after(place.script().steps().size() - place.from()));
            }
            Optional<NextMessage> next = NextMessage.of(first);
            SameMessages similar = next.isPresent()
                    ? at.only(place -> NextMessage.of(place).isPresent())
                    : at.only(place -> place.script().equals(leader) || isSameShared(first, place));
            if (next.isPresent() && similar.like(first).places.size() < similar.places.size()) {
                return similar;
            }
            int done = next.map(NextMessage::length).orElse(1);
            at = similar.map(place -> place.after(done));
        }
    }

    /** Whether both have the same step, which changes nothing after it. */
    private static boolean isSameShared(Continuation one, Continuation other) {
        Behaviour behaviour = one.step();
        return Objects.equals(behaviour, other.step())
                && behaviour instanceof Step step
                && step.blocks().isEmpty()
                && !(step instanceof NetworkSetting);
    }

    /** The next step of one of the scripts. */
    Continuation place(Script script) {
        return places.stream()
                .filter(place -> place.script().equals(script))
                .findFirst()
                .orElseThrow();
    }

    private SameMessages only(Predicate<Continuation> wanted) {
        return new SameMessages(places.stream().filter(wanted).toList());
    }

    private SameMessages map(UnaryOperator<Continuation> change) {
        return new SameMessages(places.stream().map(change).toList());
    }
}
