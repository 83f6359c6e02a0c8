package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;
import java.util.Optional;

/** A built-in behaviour: it has a text form and an obligation. */
public interface Step extends Behaviour {

    /** The lines that the parser reads back to an equal step; its name if it contains code. */
    List<String> lines();

    /** What is outstanding while it has not run. */
    Obligation obligation();

    /** What it needs to run without waiting; with rounds, to start each. */
    default Needs needs() {
        return Needs.THREAD;
    }

    /** Whether no step can follow it. */
    default boolean isEndless() {
        return false;
    }

    /** Whether unread input is not a failure from here on: the step ends the connection, or ignores the client. */
    default boolean dropsInput() {
        return false;
    }

    /** Whether it only waits for a while. */
    default boolean isPause() {
        return false;
    }

    /** Whether it expects the end of the client's input, and no data. */
    default boolean expectsEnd() {
        return false;
    }

    /** Why datagrams do not support it, if they do not. */
    default Optional<String> streamOnly() {
        return Optional.empty();
    }

    /** Why streams other than TCP do not support it, if they do not. */
    default Optional<String> tcpOnly() {
        return Optional.empty();
    }

    /** Why only UDP supports it, if that is so. */
    default Optional<String> udpOnly() {
        return Optional.empty();
    }

    /** Why streams do not support it, if they do not. */
    default Optional<String> datagramsOnly() {
        return Optional.empty();
    }

    /** Whether TLS may begin during the step, which begins in clear. */
    default boolean beginsTlsLater() {
        return false;
    }

    /** Whether the message that a case of match has matched is its input, if it is the first step of the case. */
    default boolean takesMatchedMessage() {
        return false;
    }

    /** The variables that its text refers to. */
    default List<String> refersTo() {
        return List.of();
    }

    /** The variables that it sets. */
    default List<String> sets() {
        return List.of();
    }

    /** Its blocks. */
    default List<Script> blocks() {
        return List.of();
    }
}
