package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of servers on a page. */
final class ServerNames {

    /** The name of a server that a test declares begins with the test class. */
    private static final Pattern DECLARED = Pattern.compile("\\p{Lu}\\w*\\.(\\w+)");

    private final List<Recording> recordings;

    ServerNames(List<Recording> recordings) {
        this.recordings = recordings;
    }

    /** The name and the address, such as {@code mail (tcp:25)}; the address alone if the server has no name. */
    String full(Recording recording) {
        String name = name(recording);
        return name.isEmpty() ? address(recording) : name + " (" + address(recording) + ")";
    }

    /** The name, if no other server has the same one; otherwise with the address. */
    String brief(Recording recording) {
        String name = name(recording);
        boolean isUnique =
                recordings.stream().filter(other -> name(other).equals(name)).count() == 1;
        return isUnique && !name.isEmpty() ? name : full(recording);
    }

    /** The name as in the test, such as that of a field; empty if there is none. */
    private static String name(Recording recording) {
        String name = Recorder.of(recording).name();
        Matcher declared = DECLARED.matcher(name);
        return declared.matches() ? declared.group(1) : name;
    }

    /** A short address, such as {@code tcp:25}. */
    private static String address(Recording recording) {
        Recorder recorder = Recorder.of(recording);
        Map<String, String> address = recorder.address();
        String path = address.getOrDefault("path", "");
        String place = address.getOrDefault("port", path.substring(path.lastIndexOf('/') + 1));
        return recorder.transport() + (place.isEmpty() ? "" : ":" + place);
    }
}
