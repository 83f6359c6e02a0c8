package io.socketharness.internal.recording;

import java.io.IOException;

/** An operation on a socket. */
@FunctionalInterface
public interface IoAction {
    /** Runs the operation; throws if the system refuses it. */
    void run() throws IOException;
}
