package io.socketharness.internal.runtime;

import io.socketharness.internal.script.engine.Choice;
import io.socketharness.internal.script.engine.Continuation;
import io.socketharness.internal.script.engine.ScriptCompletion;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that use up one of several scripts of a tape, where the client decides later. As many of these scripts
 * remain for them.
 */
final class Undecided {

    private final Map<ServerConnection, Choice> choices = new LinkedHashMap<>();
    /** The places in scripts from which a connection has run the next steps. */
    private final IdentityHashMap<Script, Set<Integer>> run = new IdentityHashMap<>();

    /** Notes the choice of a connection. */
    void note(ServerConnection connection, Choice choice) {
        run.computeIfAbsent(choice.begin().script(), script -> new HashSet<>())
                .add(choice.begin().from());
        if (choice.isLast()) {
            choices.remove(connection);
        } else {
            choices.put(connection, choice);
        }
    }

    boolean isRun(Continuation place) {
        return run.getOrDefault(place.script(), Set.of()).contains(place.from());
    }

    /** Forgets a connection that has run only the first steps of a script. */
    void giveBack(ServerConnection connection, Script begun) {
        choices.remove(connection);
        run.remove(begun);
    }

    Set<ServerConnection> connections() {
        return choices.keySet();
    }

    /** The pending scripts that a connection can become, in their order. A new connection can become any. */
    List<Script> open(@Nullable ServerConnection connection, Collection<Script> pending) {
        Set<Script> open = set(pending);
        List<Set<Script>> others = new ArrayList<>();
        choices.forEach((one, choice) -> {
            if (one == connection) {
                open.retainAll(set(choice.scripts()));
            } else {
                others.add(set(choice.scripts()));
            }
        });
        for (Set<Script> scripts : others) {
            long left = pending.stream().filter(scripts::contains).count();
            long needed = others.stream().filter(scripts::containsAll).count();
            if (needed >= left) {
                open.removeAll(scripts);
            }
        }
        return pending.stream().filter(open::contains).toList();
    }

    /** The pending scripts without those that the connections will run, as far as is known. */
    List<Script> unclaimed(Collection<Script> pending) {
        List<Script> unclaimed = new ArrayList<>(pending);
        choices.forEach((connection, choice) -> {
            ScriptCompletion state = connection.conversation().completion();
            Set<Script> claimed = set(state.hasFailed() ? choice.scripts() : choice.complete());
            if (!state.isProbe()) {
                unclaimed.stream().filter(claimed::contains).findFirst().ifPresent(unclaimed::remove);
            }
        });
        return unclaimed;
    }

    /** Equal scripts are different connections of the tape. */
    private static Set<Script> set(Collection<Script> scripts) {
        Set<Script> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(scripts);
        return set;
    }
}
