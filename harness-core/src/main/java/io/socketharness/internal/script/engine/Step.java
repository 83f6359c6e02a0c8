package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;
import java.util.Optional;

/** A built-in behaviour: it has a text form, and tells what it owes. */
public interface Step extends Behaviour {

    /** The lines that the parser reads back to an equal step; for one that holds code, its name. */
    List<String> lines();

    /** What it owes while it has not been done. */
    Obligation obligation();

    /** What it takes to do it without waiting; of one with rounds, to begin each. */
    default Needs needs() {
        return Needs.THREAD;
    }

    /** Whether no step can come after it. */
    default boolean isEndless() {
        return false;
    }

    /** Whether unread input is no failure from here on: the step ends the connection, or ignores the client. */
    default boolean dropsInput() {
        return false;
    }

    /** Why datagrams cannot do it, if they cannot. */
    default Optional<String> streamOnly() {
        return Optional.empty();
    }

    /** Why a stream other than TCP cannot do it, if it cannot. */
    default Optional<String> tcpOnly() {
        return Optional.empty();
    }

    /** Why nothing but UDP can do it, if that is so. */
    default Optional<String> udpOnly() {
        return Optional.empty();
    }

    /** The variables that its text refers to. */
    default List<String> refersTo() {
        return List.of();
    }

    /** The variables that it sets. */
    default List<String> sets() {
        return List.of();
    }

    /** The blocks inside it. */
    default List<Script> blocks() {
        return List.of();
    }
}
