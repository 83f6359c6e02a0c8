package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a tape. */
sealed interface TapeLine {

    /** A line that masks do not change: a comment, an empty line, or any other step. */
    record Other(String text) implements TapeLine {}

    /**
     * A message, or a part of one.
     *
     * @param end the characters after the content that are not written: the end of a line
     * @param pieces the content
     * @param source the line from which it was read, if it is unchanged
     */
    record Message(
            Direction direction,
            Form form,
            String end,
            List<Piece> pieces,
            @Nullable String source) implements TapeLine {

        Message with(List<Piece> newPieces) {
            return newPieces.equals(pieces) ? this : new Message(direction, form, end, List.copyOf(newPieces), null);
        }

        /** Whether its content is not text. */
        boolean isBinary() {
            return form != Form.LINE
                    && !pieces.stream().allMatch(piece -> piece.bytes().isText());
        }

        boolean isFromClient() {
            return direction == Direction.FROM_CLIENT;
        }
    }
}
