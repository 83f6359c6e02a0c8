package io.socketharness.internal.spec;

import java.time.Duration;

/** The values that options allow. */
public final class Ranges {

    private static final Duration HUNDRED_YEARS = Duration.ofDays(36_500);

    private Ranges() {}

    public static int port(int port) {
        require(port >= 0 && port <= 65535, "port", port, "0 to 65535 is allowed, 0 for a free one");
        return port;
    }

    public static int backlog(int backlog) {
        require(backlog >= 1, "backlog", backlog, "1 or more is allowed");
        return backlog;
    }

    public static Duration timeout(Duration timeout) {
        boolean inRange = !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(HUNDRED_YEARS) <= 0;
        require(inRange, "timeout", timeout, "more than 0, up to a hundred years, is allowed");
        return timeout;
    }

    public static long recordingLimit(long bytes) {
        require(bytes >= 0 && bytes <= 1L << 30, "recordingLimit", bytes, "0 to 1 GiB is allowed");
        return bytes;
    }

    public static int messageLimit(int bytes) {
        require(bytes >= 1 && bytes <= 1 << 30, "messageLimit", bytes, "1 to 1 GiB is allowed");
        return bytes;
    }

    public static int receiveBuffer(int bytes) {
        require(bytes >= 0, "receiveBuffer", bytes, "1 or more bytes are allowed, or 0 for the default");
        return bytes;
    }

    private static void require(boolean inRange, String option, Object found, String allowed) {
        if (!inRange) {
            throw new IllegalArgumentException(option + " " + found + " is out of range; " + allowed);
        }
    }
}
