package io.socketharness.internal.runtime;

import io.socketharness.internal.net.Endpoint;

/** What takes clients in for a server. */
public interface Listener {

    /** Where it is bound. */
    Endpoint endpoint();

    /** Lets no client in from now on; the address stays taken. */
    void refuse();

    /** Lets clients in again. */
    void listen();

    /** Takes in what the system holds: waiting connections, unread bytes or datagrams, ends. */
    void takeIn();

    /** Stops listening and ends all waits of the threads. */
    void close();

    /** Closes the channels that are still open, whatever the threads that use them do. */
    void release();
}
