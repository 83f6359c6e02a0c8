package io.socketharness.internal.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides secrets in lines of a script. */
public final class ScriptSecrets {

    /** The marker of a line that sends or receives. What follows is a message, in which {@code ^} is its beginning. */
    private static final Pattern MARKER = Pattern.compile("\\s*[CS][:~<!] ");

    private ScriptSecrets() {}

    /** Hides them with a function that hides those of a text. */
    public static List<String> hide(List<String> lines, UnaryOperator<String> withoutSecrets) {
        if (lines.isEmpty()) {
            return lines;
        }
        List<String> markers = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (String line : hideAll(lines, withoutSecrets)) {
            Matcher marker = MARKER.matcher(line);
            int at = marker.lookingAt() ? marker.end() : 0;
            markers.add(line.substring(0, at));
            messages.add(line.substring(at));
        }
        List<String> hidden = new ArrayList<>();
        List<String> hiddenMessages = hideAll(messages, withoutSecrets);
        for (int i = 0; i < lines.size(); i++) {
            hidden.add(markers.get(i) + hiddenMessages.get(i));
        }
        return hidden;
    }

    /** All lines at once, because each search looks through the whole recording. */
    private static List<String> hideAll(List<String> lines, UnaryOperator<String> withoutSecrets) {
        List<String> hidden =
                List.of(withoutSecrets.apply(String.join("\n", lines)).split("\n", -1));
        return hidden.size() == lines.size()
                ? hidden
                : lines.stream().map(withoutSecrets).toList();
    }
}
