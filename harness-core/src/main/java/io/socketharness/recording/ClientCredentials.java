package io.socketharness.recording;

/**
 * The user and group of a client of a Unix socket, as reported by the system (SO_PEERCRED, see unix(7)). They are the
 * effective user and group of the process when it connected.
 *
 * @param user the user's name, or the numeric id if the machine has no name for it
 * @param group the group's name, or the numeric id if the machine has no name for it
 */
public record ClientCredentials(String user, String group) {

    /** Returns the user and group, such as {@code user root, group root}. */
    @Override
    public String toString() {
        return "user " + user + ", group " + group;
    }
}
