package io.socketharness.internal.capture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Finds the connections that reports are about. There may be thousands of both. */
final class Subjects {

    private static final String END = ": ";

    private final Map<String, Integer> connections = new HashMap<>();

    Subjects(List<PageConnection> all) {
        for (int i = 0; i < all.size(); i++) {
            connections.put(all.get(i).subject(), i);
        }
    }

    /** The index of the connection with which a report begins; empty if it is not about a connection. */
    OptionalInt connection(String report) {
        int line = report.indexOf('\n');
        String first = line < 0 ? report : report.substring(0, line);
        // the name of a server may contain the same characters
        for (int end = first.indexOf(END); end >= 0; end = first.indexOf(END, end + 1)) {
            Integer found = connections.get(first.substring(0, end + END.length()));
            if (found != null) {
                return OptionalInt.of(found);
            }
        }
        return OptionalInt.empty();
    }
}
