package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Recording;
import java.util.List;
import java.util.Set;

/** What a page says about a server that no client has used. */
final class NoClient {

    private static final Set<String> DATAGRAMS = Set.of("udp", "dtls", "udg");

    private NoClient() {}

    static String words(Recording recording) {
        Recorder recorder = Recorder.of(recording);
        boolean isDatagrams = DATAGRAMS.contains(recorder.transport());
        String nobody = (isDatagrams ? "No datagram arrived at " : "No client connected to ") + recording.title();
        return recorder.remark().isEmpty()
                ? nobody + ". Does the client use this address?"
                : nobody + "; " + recorder.remark() + ".";
    }

    /** The most bytes that the sentences about servers need. */
    static int room(List<Recording> recordings) {
        return recordings.stream()
                .mapToInt(one -> new Html()
                        .element("p", words(one), "class", "no-client")
                        .size())
                .sum();
    }
}
