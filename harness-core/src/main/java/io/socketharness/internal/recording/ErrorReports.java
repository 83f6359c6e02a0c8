package io.socketharness.internal.recording;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The errors that already show the content of a recording, so that it is not shown twice, with their reports. The errors
 * are held weakly.
 */
final class ErrorReports {

    private final Map<Throwable, Optional<Report>> reports = new WeakHashMap<>();

    /** Adds an error. {@code report} is its text in parts, if that is known. */
    synchronized void add(Throwable error, Optional<Report> report) {
        reports.put(error, report);
    }

    /** The report of an error, or of the nearest one of its causes that has one. */
    synchronized Optional<Report> of(Throwable error) {
        Set<Throwable> looked = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable one = error; one != null && looked.add(one); one = one.getCause()) {
            Optional<Report> known = reports.getOrDefault(one, Optional.empty());
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    /** Whether an error, one of its causes or a suppressed one is among them. */
    synchronized boolean isIn(Throwable error) {
        return isIn(error, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private boolean isIn(Throwable error, Set<Throwable> looked) {
        if (!looked.add(error)) {
            return false;
        }
        if (reports.containsKey(error)) {
            return true;
        }
        Throwable cause = error.getCause();
        if (cause != null && isIn(cause, looked)) {
            return true;
        }
        for (Throwable suppressed : error.getSuppressed()) {
            if (isIn(suppressed, looked)) {
                return true;
            }
        }
        return false;
    }
}
