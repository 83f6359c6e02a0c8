package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Scripts for clients that have sent the same messages so far. The answers of the server may differ. What follows is
 * computed once for all connections; one thread at a time may ask for it.
 */
public final class SameMessages {

    private final boolean datagrams;
    private final List<Continuation> places;
    private final Set<Script> scripts;
    private final Set<Script> ended;
    /** For each script, those with the same next message. */
    private final IdentityHashMap<Script, SameMessages> alike = new IdentityHashMap<>();

    private final IdentityHashMap<Script, SameMessages> along = new IdentityHashMap<>();

    private SameMessages(List<Continuation> places, boolean datagrams) {
        this.datagrams = datagrams;
        this.places = List.copyOf(places);
        scripts = scripts(places);
        ended = scripts(places.stream().filter(Continuation::isEnd).toList());
    }

    /** Scripts of which no step has run. */
    public static SameMessages atBegin(List<Script> scripts, boolean datagrams) {
        return new SameMessages(scripts.stream().map(Continuation::of).toList(), datagrams);
    }

    /** Equal scripts are different connections of the tape. */
    private static Set<Script> scripts(Collection<Continuation> places) {
        Set<Script> scripts = Collections.newSetFromMap(new IdentityHashMap<>());
        places.forEach(place -> scripts.add(place.script()));
        return Collections.unmodifiableSet(scripts);
    }

    /** The next step of each script. */
    List<Continuation> places() {
        return places;
    }

    /** The scripts; equal ones are different connections of the tape. */
    Set<Script> scripts() {
        return scripts;
    }

    /** Whether no script has a step left. */
    boolean isEnd() {
        return ended.size() == scripts.size();
    }

    /** Those without a step left. */
    Set<Script> ended() {
        return ended;
    }

    /** The next message of the first script. */
    Optional<NextMessage> message() {
        return NextMessage.of(places.get(0), datagrams);
    }

    /** Those in which the client sends the same message as in one of them. */
    SameMessages like(Continuation one) {
        if (alike.isEmpty()) {
            Map<Optional<Object>, List<Continuation>> byMessage = places.stream()
                    .collect(Collectors.groupingBy(
                            place -> NextMessage.of(place, datagrams).map(NextMessage::content),
                            LinkedHashMap::new,
                            Collectors.toList()));
            byMessage.values().stream()
                    .map(same -> new SameMessages(same, datagrams))
                    .forEach(same -> same.scripts.forEach(script -> alike.put(script, same)));
        }
        return Objects.requireNonNull(alike.get(one.script()));
    }

    /**
     * The place up to which a connection can follow one of the scripts: where the client decides which of them continues,
     * or the end.
     *
     * @param leader whose steps run; where another one differs in a step of the server, that one is left behind
     */
    SameMessages along(Script leader) {
        if (!along.containsKey(leader)) {
            SameMessages end = follow(leader);
            end.scripts.forEach(script -> along.put(script, end));
        }
        return Objects.requireNonNull(along.get(leader));
    }

    private SameMessages follow(Script leader) {
        List<Continuation> at = places;
        while (true) {
            at = map(at, Continuation::afterAnswers);
            if (at.size() == 1 || at.stream().allMatch(Continuation::isEnd)) {
                return new SameMessages(map(at, Continuation::afterAll), datagrams);
            }
            Continuation first = place(at, leader);
            Optional<NextMessage> next = NextMessage.of(first, datagrams);
            if (next.isEmpty()) {
                at = at.stream()
                        .filter(place ->
                                isSameShared(first, place) || place.script().equals(leader))
                        .map(place -> place.after(1))
                        .toList();
                continue;
            }
            IdentityHashMap<Script, NextMessage> messages = new IdentityHashMap<>();
            at.forEach(place ->
                    NextMessage.of(place, datagrams).ifPresent(message -> messages.put(place.script(), message)));
            List<Continuation> similar = at.stream()
                    .filter(place -> messages.containsKey(place.script()))
                    .toList();
            Object content = next.get().content();
            if (!messages.values().stream()
                    .allMatch(message -> message.content().equals(content))) {
                return new SameMessages(similar, datagrams);
            }
            at = map(
                    similar,
                    place -> place.after(
                            Objects.requireNonNull(messages.get(place.script())).length()));
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
        return place(places, script);
    }

    private static Continuation place(List<Continuation> places, Script script) {
        IdentityHashMap<Script, Continuation> byScript = new IdentityHashMap<>();
        places.forEach(place -> byScript.put(place.script(), place));
        return Objects.requireNonNull(byScript.get(script));
    }

    private static List<Continuation> map(List<Continuation> places, UnaryOperator<Continuation> change) {
        return places.stream().map(change).toList();
    }
}
