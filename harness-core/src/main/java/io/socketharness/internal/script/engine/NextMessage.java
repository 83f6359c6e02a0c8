package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Eol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a client sends up to the next answer of the server, or its end: they identify its script. Of
 * datagrams, one message.
 *
 * @param steps empty for the end of the client's input
 * @param end the step that expects the end; null for a script that is complete
 * @param settings those of the steps
 * @param length the number of the steps, with settings before them
 */
record NextMessage(List<ExpectStep> steps, @Nullable Behaviour end, Settings settings, int length) {

    /** The next message of a script; empty if the server continues, or a framing delimits messages. */
    static Optional<NextMessage> of(Continuation place, boolean datagrams) {
        List<Behaviour> all = place.script().steps();
        List<ExpectStep> steps = new ArrayList<>();
        Settings settings = place.before();
        int at = place.from();
        for (; at < all.size() && !(datagrams && !steps.isEmpty()); at++) {
            Behaviour step = all.get(at);
            if (step instanceof SettingStep setting && steps.isEmpty()) {
                settings = setting.after(settings);
            } else if (step instanceof ExpectStep expecting && settings.framing() == null && !expecting.takesAny()) {
                steps.add(expecting);
            } else {
                break;
            }
        }
        Behaviour end = at < all.size() && all.get(at) instanceof Step step && step.expectsEnd() ? step : null;
        if (!steps.isEmpty()) {
            return Optional.of(new NextMessage(List.copyOf(steps), null, settings, at - place.from()));
        }
        int length = at - place.from() + (end == null ? 0 : 1);
        return end != null || at == all.size()
                ? Optional.of(new NextMessage(List.of(), end, settings, length))
                : Optional.empty();
    }

    /** Whether the client sends nothing more. */
    boolean isEnd() {
        return steps.isEmpty();
    }

    /** Its first line in a script; empty if the script is complete. */
    String firstLine() {
        Behaviour first = isEnd() ? end : steps.get(0);
        return first == null ? "" : TextForm.lines(first).get(0);
    }

    /** What is equal for the same message, in scripts with other settings for their answers. */
    Object content() {
        Eol eol = settings.exactEol() ? settings.eol() : Eol.NONE;
        return isEnd() ? Optional.ofNullable(end) : List.of(steps, settings.charset(), eol, settings.network());
    }
}
