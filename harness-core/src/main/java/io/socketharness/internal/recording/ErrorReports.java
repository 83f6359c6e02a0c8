package io.socketharness.internal.recording;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.WeakHashMap;

/** The errors that already show the content of a recording, so that it is not shown twice. Held weakly. */
final class ErrorReports {

    private final Set<Throwable> reports = Collections.newSetFromMap(new WeakHashMap<>());

    synchronized void add(Throwable error) {
        reports.add(error);
    }

    /** Whether an error, one of its causes or a suppressed one is among them. */
    synchronized boolean isIn(Throwable error) {
        return isIn(error, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private boolean isIn(Throwable error, Set<Throwable> looked) {
        if (!looked.add(error)) {
            return false;
        }
        if (reports.contains(error)) {
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
