package io.socketharness.internal.capture;

import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.recording.Recording;
import java.util.List;

/** The sequence diagram of one server, as a part of another page. */
public final class RecordingDiagram {

    private RecordingDiagram() {}

    /**
     * Returns the diagram.
     *
     * @param recording the recording; secrets are hidden
     * @param limit how large the diagram may be, in bytes; beyond this, it says how many rows are left out
     */
    public static Html of(Recording recording, long limit) {
        PublicRecordings data = new PublicRecordings(List.of(recording));
        TimeLine line = TimeLine.of(data, Reports.failures(List.of()));
        RowSelection selection = new RowSelection(line.rows(), new RowHtml(line, false), limit);
        return new Diagram(line, List.of(recording), selection).html();
    }
}
