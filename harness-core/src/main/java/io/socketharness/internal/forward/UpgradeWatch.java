package io.socketharness.internal.forward;

/** Watches both directions for a request to begin TLS, and for the answer that agrees. Any thread may use it. */
interface UpgradeWatch {

    /** Notes data of the client, before it is passed on. */
    void fromClient(byte[] data);

    /**
     * Notes data of the real server, before it is passed on.
     *
     * @return the number of its bytes up to the end of an answer that agrees; -1 without one
     */
    int fromServer(byte[] data);
}
