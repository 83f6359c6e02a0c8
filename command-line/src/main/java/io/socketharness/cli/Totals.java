package io.socketharness.cli;

/**
 * The counts at the end.
 *
 * @param connections of all servers; on datagrams, conversations
 * @param failures of all servers
 */
record Totals(int connections, int failures) {

    @Override
    public String toString() {
        return count(connections, "connection") + ", " + failures(failures);
    }

    static String failures(int number) {
        return number == 0 ? "no failures" : count(number, "failure");
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
