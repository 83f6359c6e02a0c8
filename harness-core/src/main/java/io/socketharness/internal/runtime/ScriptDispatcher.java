package io.socketharness.internal.runtime;

import io.socketharness.script.Script;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which script serves which connection: those that were enqueued one each, in the order of acceptance; then the one that
 * serves all; without any, connections wait in line for a script or for a test thread.
 */
public final class ScriptDispatcher {

    private final @Nullable Script forAll;
    private final Deque<Script> pending = new ArrayDeque<>();
    private final Deque<ServerConnection> waiting = new ArrayDeque<>();
    private final Map<ServerConnection, Script> own = new HashMap<>();
    private volatile boolean scripted;
    private boolean served;

    ScriptDispatcher(@Nullable Script forAll, List<Script> scripts) {
        this.forAll = forAll;
        pending.addAll(scripts);
        scripted = forAll != null || !scripts.isEmpty();
    }

    synchronized void arrived(ServerConnection connection) {
        Script script = pending.poll();
        if (script != null) {
            begin(connection, script);
        } else if (forAll != null) {
            served = true;
            connection.conversation().claim(false);
            connection.serve(forAll);
        } else {
            waiting.add(connection);
        }
    }

    public synchronized void enqueue(Script script) {
        scripted = true;
        ServerConnection first = waiting.poll();
        if (first == null) {
            pending.add(script);
        } else {
            beginLate(first, script);
            waiting.forEach(ServerConnection::scripted);
        }
    }

    /** Begins a script on a connection that has waited: an end by a test thread before it is not the script's. */
    private void beginLate(ServerConnection waited, Script script) {
        waited.conversation().forgetEnd();
        begin(waited, script);
    }

    private void begin(ServerConnection connection, Script script) {
        served = true;
        own.put(connection, script);
        connection.conversation().claim(true);
        connection.serve(script);
    }

    /** Takes back the script of a connection that was a mere probe, for the next connection. */
    public synchronized void giveBack(ServerConnection probe) {
        Script script = own.remove(probe);
        if (script == null) {
            return;
        }
        ServerConnection next = waiting.poll();
        if (next != null) {
            beginLate(next, script);
        } else {
            pending.addFirst(script);
        }
    }

    /** Takes a connection out of the line of those that wait, if it stands there. */
    public synchronized void withdraw(ServerConnection connection) {
        waiting.remove(connection);
    }

    /** Takes a connection out of the line that waits in vain, and fails it unless it is a mere probe. */
    public synchronized void giveUp(ServerConnection connection) {
        if (waiting.remove(connection)
                && !connection.conversation().completion().isProbe()) {
            connection.conversation().completion().failUnserved(used(), before(connection));
        }
    }

    /** That no script is left, in words. */
    public synchronized String used() {
        int count = count();
        return count == 1 ? "its only script was used" : "all " + count + " scripts were used";
    }

    /** How the last connection before one that got no script ran one and ended, in words; empty if none did. */
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

    /** Whether every connection gets the script for all, so that none is left for a test thread. */
    public boolean servesAll() {
        return forAll != null;
    }

    public boolean wasScripted() {
        return scripted;
    }

    /** Scripts that no connection has run, those included that a probe is about to give back. */
    public synchronized List<Script> unclaimed() {
        if (forAll != null && !served) {
            return List.of(forAll);
        }
        List<Script> unclaimed = new ArrayList<>(pending);
        own.forEach((connection, script) -> {
            if (connection.conversation().completion().isProbe()) {
                unclaimed.add(script);
            }
        });
        return unclaimed;
    }

    /** How many scripts the server was given. */
    public synchronized int count() {
        return (forAll == null ? 0 : 1) + own.size() + pending.size();
    }

    /** Whether a probe is about to give its script back, and a connection waits for one. */
    public synchronized boolean isHandingOver() {
        return !waiting.isEmpty() && probes().findAny().isPresent();
    }

    /** The connections that wait, but for those that a probe's script is about to serve. */
    public synchronized List<ServerConnection> waiting() {
        return waiting.stream().skip(probes().count()).toList();
    }

    private Stream<ServerConnection> probes() {
        return own.keySet().stream()
                .filter(one -> one.conversation().completion().isProbe());
    }
}
