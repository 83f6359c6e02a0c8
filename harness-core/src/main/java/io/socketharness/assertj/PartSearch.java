package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import java.util.List;
import java.util.function.Predicate;

/** Searches for parts in order in growing traffic, each within one message. It searches each byte only once. */
final class PartSearch implements Predicate<Traffic> {

    private final List<Bytes> parts;
    private Bytes searched = Bytes.of();
    private int found;
    private int message;
    private int offset;

    PartSearch(List<Bytes> parts) {
        this.parts = parts;
    }

    /** Returns whether all parts were found. */
    @Override
    public boolean test(Traffic traffic) {
        return found(traffic) == parts.size();
    }

    /** Returns how many parts were found, from the first. */
    int found(Traffic traffic) {
        if (!traffic.all().startsWith(searched)) {
            // The recording has removed the start of a TLS handshake.
            found = 0;
            message = 0;
            offset = 0;
        }
        searched = traffic.all();
        List<Bytes> messages = traffic.messages();
        while (found < parts.size() && message < messages.size()) {
            Bytes in = messages.get(message);
            Bytes part = parts.get(found);
            int at = in.indexOf(part, offset);
            if (at >= 0) {
                offset = at + part.size();
                found++;
            } else if (traffic.isDatagrams()) {
                message++;
                offset = 0;
            } else {
                offset = Math.max(offset, in.size() + 1 - Math.max(1, part.size()));
                break;
            }
        }
        return found;
    }
}
