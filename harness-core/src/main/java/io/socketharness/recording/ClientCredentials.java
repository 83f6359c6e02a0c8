package io.socketharness.recording;

/**
 * Who a client of a Unix socket is, as the system tells (SO_PEERCRED, see unix(7)): the effective user and group of the
 * process at the time that it connected.
 *
 * @param user the user's name, or its number where the machine knows no name for it
 * @param group the group's name, or its number where the machine knows no name for it
 */
public record ClientCredentials(String user, String group) {

    /** Such as {@code user root, group root}. */
    @Override
    public String toString() {
        return "user " + user + ", group " + group;
    }
}
