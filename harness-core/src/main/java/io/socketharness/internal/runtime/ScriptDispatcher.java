package io.socketharness.internal.runtime;

import io.socketharness.internal.script.engine.Choice;
import io.socketharness.internal.script.engine.ChooseScript;
import io.socketharness.internal.script.engine.SameMessages;
import io.socketharness.internal.script.engine.Unused;
import io.socketharness.script.Script;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Assigns scripts to connections: enqueued scripts one each, in the order of acceptance, then the script for all
 * connections. Without either, connections wait for a script or a test thread.
 */
public final class ScriptDispatcher {

    private @Nullable Script forAll;
    private final Deque<Script> pending = new ArrayDeque<>();
    private final Deque<ServerConnection> waiting = new ArrayDeque<>();
    private final Map<ServerConnection, Script> own = new HashMap<>();
    /** All scripts, in their order. */
    private final List<Script> all = new ArrayList<>();
    /** All of them before their first step; null until a connection of a tape needs it. */
    private @Nullable SameMessages atBegin;

    private final Undecided undecided = new Undecided();
    private volatile boolean scripted;
    private volatile boolean tapeUsed;
    private boolean served;
    private final boolean isTape;
    private final boolean byFirstMessage;
    private final boolean datagrams;

    /** {@code isTape} for scripts that are chosen by the first message of a connection, if all of them begin with one. */
    ScriptDispatcher(@Nullable Script forAll, List<Script> scripts, boolean isTape, boolean datagrams) {
        this.forAll = forAll;
        pending.addAll(scripts);
        all.addAll(scripts);
        scripted = forAll != null || !scripts.isEmpty() || isTape;
        this.isTape = isTape;
        this.datagrams = datagrams;
        byFirstMessage = isTape && ChooseScript.isPossible(scripts);
        noteUse();
    }

    /** Assigns a script to a new connection, after {@code publish} has made it visible to other threads. */
    synchronized void arrived(ServerConnection connection, Runnable publish) {
        publish.run();
        if (byFirstMessage) {
            letChoose(connection);
            return;
        }
        Script script = next(connection);
        noteUse();
        if (script != null) {
            begin(connection, script);
        } else if (forAll != null) {
            served = true;
            connection.conversation().claim(forAll, false);
            connection.serve(forAll);
        } else {
            waiting.add(connection);
        }
    }

    /** The connection gets its script with its first message, or now one in which the server begins. */
    private void letChoose(ServerConnection connection) {
        Optional<Script> begins = pending.stream()
                .filter(script -> !ChooseScript.isPossible(List.of(script)))
                .findFirst();
        if (begins.isPresent()) {
            begin(connection, use(connection, begins.get()::equals));
            return;
        }
        Script choice = TapeChoice.byMessage(this, connection);
        connection.conversation().claim(choice, true);
        connection.serve(choice);
    }

    /** The script of a connection that does not choose, or its first steps; null if no script is left. */
    private @Nullable Script next(ServerConnection connection) {
        if (isTape) {
            Choice choice = take(connection, unused -> Optional.of(TapeChoice.inOrder(unused, this, connection)));
            return choice == null || choice == Choice.NONE ? null : choice.steps();
        }
        Script script = pending.peek();
        return script == null ? null : use(connection, script::equals);
    }

    /**
     * Takes the choice that {@code choice} returns for a connection; null if it returns none yet, and {@link
     * Choice#NONE} if no script is left.
     */
    synchronized @Nullable Choice take(ServerConnection connection, Function<Unused, Optional<Choice>> choice) {
        Set<Script> open = undecided.open(connection, pending);
        if (open.isEmpty()) {
            return Choice.NONE;
        }
        if (atBegin == null) {
            atBegin = SameMessages.atBegin(all, datagrams);
        }
        Optional<Choice> chosen = choice.apply(new Unused(atBegin, open, undecided::isRun));
        chosen.ifPresent(one -> take(connection, one));
        return chosen.orElse(null);
    }

    private void take(ServerConnection connection, Choice choice) {
        undecided.note(connection, choice);
        if (choice.isLast()) {
            use(connection, choice.scripts()::contains);
        }
        noteUse();
        served = true;
    }

    /** Uses up the first of the wanted scripts for a connection. */
    private Script use(ServerConnection connection, Predicate<Script> wanted) {
        Script used = Objects.requireNonNull(Undecided.takeFirst(pending, wanted));
        own.put(connection, used);
        return used;
    }

    /** Drops a connection that has ended. */
    synchronized void forget(ServerConnection connection) {
        own.remove(connection);
    }

    /** Replaces the script for all connections, for those that arrive from now on. */
    public synchronized void forAll(Script script) {
        forAll = script;
        scripted = true;
    }

    /** A copy of the connections, without one that gets its script at this moment. */
    synchronized List<ServerConnection> assigned(List<ServerConnection> connections) {
        return List.copyOf(connections);
    }

    public synchronized void enqueue(Script script) {
        scripted = true;
        all.add(script);
        atBegin = null;
        ServerConnection first = waiting.poll();
        if (first == null) {
            pending.add(script);
        } else {
            own.put(first, script);
            beginLate(first, script);
            waiting.forEach(ServerConnection::scripted);
        }
        noteUse();
    }

    /** Starts a script on a waiting connection. An earlier end by a test thread does not belong to the script. */
    private void beginLate(ServerConnection waited, Script script) {
        waited.conversation().forgetEnd();
        begin(waited, script);
    }

    private void begin(ServerConnection connection, Script script) {
        served = true;
        connection.conversation().claim(script, true);
        connection.serve(script);
    }

    /** Takes back the script of a connection that was only a probe, for the next connection. */
    public synchronized void giveBack(ServerConnection probe) {
        Script script = own.remove(probe);
        if (script != null) {
            putBack(script);
        }
        undecided.giveBack(probe);
        ServerConnection next = waiting.peek();
        Script left = next == null ? null : next(next);
        if (next != null && left != null) {
            waiting.remove();
            beginLate(next, left);
        }
        noteUse();
    }

    /** Makes the script of a connection pending once more, for a client that connects again after a fault. */
    public synchronized void repeat(int index) {
        own.entrySet().stream()
                .filter(entry -> index(entry.getKey()) == index)
                .map(Map.Entry::getValue)
                .findFirst()
                .ifPresent(script -> {
                    all.add(script);
                    atBegin = null;
                    putBack(script);
                });
    }

    /** Makes a script pending again, at its place in the order. */
    private void putBack(Script script) {
        IdentityHashMap<Script, Integer> left = new IdentityHashMap<>();
        pending.forEach(one -> left.merge(one, 1, Integer::sum));
        left.merge(script, 1, Integer::sum);
        pending.clear();
        all.stream().filter(one -> left.merge(one, -1, Integer::sum) >= 0).forEach(pending::add);
    }

    /** Whether the scripts are those of a tape, in the order of acceptance, and all of them are used. */
    public boolean isTapeUsed() {
        return tapeUsed;
    }

    private void noteUse() {
        tapeUsed = isTape && !byFirstMessage && undecided.open(null, pending).isEmpty();
    }

    /** Removes a connection from the waiting ones. */
    public synchronized void withdraw(ServerConnection connection) {
        waiting.remove(connection);
    }

    /** Removes all waiting connections: the server ends them, and later scripts are for later connections. */
    public synchronized void withdrawAll() {
        waiting.clear();
    }

    /** Removes a connection that waits in vain, and fails it unless it is only a probe. */
    public synchronized void giveUp(ServerConnection connection) {
        if (waiting.remove(connection)
                && !connection.conversation().completion().isProbe()) {
            connection.conversation().completion().failUnserved(unserved(), before(connection));
        }
    }

    /** Says that no script is left, in words. */
    public synchronized String used() {
        int count = count();
        if (isTape) {
            return count == 0
                    ? "the tape has no connection"
                    : count == 1
                            ? "the only connection of the tape was used"
                            : "all " + count + " connections of the tape were used";
        }
        return count == 1 ? "its only script was used" : "all " + count + " scripts were used";
    }

    /** Why a connection has no script, and what to do about it, in words. */
    public synchronized String unserved() {
        return isTape && count() == 0
                ? "the client connected, but " + used()
                : "the client connected again, but " + used() + "; " + advice();
    }

    /** What to do about a connection without a script, in words. */
    public String advice() {
        return (isTape ? "" : "enqueue another script, or ") + "should the client reuse its connection?";
    }

    /** How the last scripted connection before one without a script ended, in words; empty if there is none. */
    public synchronized String before(ServerConnection unserved) {
        List<ServerConnection> scripted = own.keySet().stream()
                .filter(one -> index(one) < index(unserved))
                .sorted(Comparator.comparingInt(ScriptDispatcher::index))
                .toList();
        if (scripted.isEmpty()) {
            return "";
        }
        ServerConnection last = scripted.get(scripted.size() - 1);
        return "connection " + index(last) + " ran script " + scripted.size() + " of " + (own.size() + pending.size())
                + "; " + ConnectionEnd.of(last.conversation().exchange());
    }

    private static int index(ServerConnection connection) {
        return connection.conversation().exchange().index();
    }

    /** The connection that has waited longest, for a test thread. */
    public synchronized Optional<ServerConnection> poll() {
        Optional<ServerConnection> first = Optional.ofNullable(waiting.poll());
        first.ifPresent(ServerConnection::hold);
        return first;
    }

    /** Whether one script serves every connection, so that none is left for a test thread. */
    public boolean servesAll() {
        return forAll != null;
    }

    public boolean wasScripted() {
        return scripted;
    }

    /** Scripts that no connection has run, including those that a probe is about to give back. */
    public synchronized List<Script> unclaimed() {
        if (forAll != null && !served) {
            return List.of(forAll);
        }
        List<Script> unclaimed = undecided.unclaimed(pending);
        own.forEach((connection, script) -> {
            if (connection.conversation().completion().isProbe()) {
                unclaimed.add(script);
            }
        });
        return unclaimed;
    }

    /** The number of scripts of the server. */
    public synchronized int count() {
        return (forAll == null ? 0 : 1) + own.size() + pending.size();
    }

    /** Whether a probe is about to give its script back, and a connection waits for one. */
    public synchronized boolean isHandingOver() {
        return !waiting.isEmpty() && probes().findAny().isPresent();
    }

    /** The waiting connections, except those that get the script of a probe. */
    public synchronized List<ServerConnection> waiting() {
        return waiting.isEmpty()
                ? List.of()
                : waiting.stream().skip(probes().count()).toList();
    }

    private Stream<ServerConnection> probes() {
        return Stream.concat(own.keySet().stream(), undecided.connections().stream())
                .filter(one -> one.conversation().completion().isProbe());
    }
}
