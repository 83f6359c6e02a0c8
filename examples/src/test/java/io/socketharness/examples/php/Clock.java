package io.socketharness.examples.php;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What PHP's {@code gmdate(DATE_ATOM)} says. */
final class Clock {

    private static final DateTimeFormatter ATOM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private Clock() {}

    static String now() {
        return ATOM.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    /** A text with {@code <date>} for each date in it, so that two of them can be compared. */
    static String hide(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00", "<date>");
    }
}
