package io.socketharness.internal.runtime;

import io.socketharness.internal.script.engine.Choice;
import io.socketharness.internal.script.engine.Continuation;
import io.socketharness.internal.script.engine.ScriptCompletion;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections that use up one of several scripts of a tape, where the client decides later. As many of these scripts
 * remain for them. Equal scripts are different connections of the tape.
 */
final class Undecided {

    private final Map<ServerConnection, Choice> choices = new LinkedHashMap<>();
    /** For each script, the places from which a connection has run the next steps. */
    private final IdentityHashMap<Script, Map<Integer, ServerConnection>> run = new IdentityHashMap<>();

    /** Notes the choice of a connection. */
    void note(ServerConnection connection, Choice choice) {
        run.computeIfAbsent(choice.begin().script(), script -> new HashMap<>())
                .putIfAbsent(choice.begin().from(), connection);
        if (choice.isLast()) {
            choices.remove(connection);
        } else {
            choices.put(connection, choice);
        }
    }

    boolean isRun(Continuation place) {
        return run.getOrDefault(place.script(), Map.of()).containsKey(place.from());
    }

    /** Forgets a connection and the steps that it has run. */
    void giveBack(ServerConnection connection) {
        choices.remove(connection);
        run.values().forEach(places -> places.values().removeIf(one -> one == connection));
    }

    Set<ServerConnection> connections() {
        return choices.keySet();
    }

    /** The pending scripts that a connection can become. A new connection can become any. */
    Set<Script> open(@Nullable ServerConnection connection, Collection<Script> pending) {
        IdentityHashMap<Script, Integer> left = new IdentityHashMap<>();
        pending.forEach(script -> left.merge(script, 1, Integer::sum));
        Set<Script> open = Collections.newSetFromMap(new IdentityHashMap<>());
        open.addAll(pending);
        // how many other connections become one of these scripts
        IdentityHashMap<Set<Script>, Integer> others = new IdentityHashMap<>();
        choices.forEach((one, choice) -> {
            if (one == connection) {
                open.retainAll(choice.scripts());
            } else {
                others.merge(choice.scripts(), 1, Integer::sum);
            }
        });
        for (Set<Script> scripts : others.keySet()) {
            int needed = 0;
            for (Map.Entry<Set<Script>, Integer> other : others.entrySet()) {
                needed += scripts.containsAll(other.getKey()) ? other.getValue() : 0;
            }
            int unused = 0;
            for (Script script : scripts) {
                unused += left.getOrDefault(script, 0);
            }
            if (needed >= unused) {
                scripts.forEach(open::remove);
            }
        }
        return open;
    }

    /** The pending scripts without those that the connections will run, as far as is known. */
    List<Script> unclaimed(Collection<Script> pending) {
        List<Script> unclaimed = new ArrayList<>(pending);
        List<Set<Script>> claims = new ArrayList<>();
        choices.forEach((connection, choice) -> {
            ScriptCompletion state = connection.conversation().completion();
            if (!state.isProbe()) {
                claims.add(state.hasFailed() ? choice.scripts() : choice.complete());
            }
        });
        // the others have more to choose from
        claims.sort(Comparator.comparingInt(Set::size));
        claims.forEach(claimed -> takeFirst(unclaimed, claimed::contains));
        return unclaimed;
    }

    /** Removes the first wanted script, and returns it; null if there is none. */
    static @Nullable Script takeFirst(Collection<Script> scripts, Predicate<Script> wanted) {
        for (Iterator<Script> each = scripts.iterator(); each.hasNext(); ) {
            Script script = each.next();
            if (wanted.test(script)) {
                each.remove();
                return script;
            }
        }
        return null;
    }
}
