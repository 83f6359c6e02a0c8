package io.socketharness.cli;

/** The exit codes of the program. */
final class ExitCode {

    static final int SUCCESS = 0;
    /** The server's side failed. */
    static final int FAILURE = 1;
    /** Nothing was started: a wrong option, script or file. */
    static final int USAGE = 2;
    /** In place of these two, if the client has ended with one of them. */
    static final int CLIENT = 3;
    /** A bug in the program. */
    static final int INTERNAL = 70;
    /** The second signal has ended the program at once. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The exit code of the program for that of a client, if the server's side has not failed. */
    static int ofClient(int code) {
        return code == FAILURE || code == USAGE ? CLIENT : code;
    }
}
