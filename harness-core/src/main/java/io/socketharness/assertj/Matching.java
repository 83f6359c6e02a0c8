package io.socketharness.assertj;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.internal.script.engine.RegexRun;
import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Expects text that matches a regular expression as a whole.
 *
 * @param limit the time limit of each evaluation
 */
record Matching(Pattern pattern, Duration limit) implements Expectation {

    @Override
    public String words() {
        return "text matching " + shown();
    }

    /** Returns the pattern on one line. */
    private String shown() {
        return pattern.pattern().replace("\r", "\\r").replace("\n", "\\n");
    }

    @Override
    public boolean holds(Traffic traffic) {
        return run(traffic.all(), traffic.all().text()).matches();
    }

    /** More text can match only if the matcher reached the end of the text. */
    @Override
    public boolean canComeToHold(Traffic traffic) {
        RegexRun run = run(traffic.all(), begun(traffic.all()));
        return run.matches() || run.hitEnd();
    }

    private RegexRun run(Bytes bytes, String text) {
        return new RegexRun(pattern, shown(), text, bytes.size(), limit, () -> false);
    }

    /** Returns the text up to an incomplete character. */
    private static String begun(Bytes bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.size());
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(bytes.toByteArray()), text, false);
        return text.flip().toString();
    }

    @Override
    public boolean speaksOfOneMessage() {
        return true;
    }

    /** Closeness is not defined for a pattern, so the latest is used. */
    @Override
    public int closeness(Traffic traffic) {
        return traffic.all().isEmpty() ? 0 : 1;
    }

    @Override
    public List<ReportParagraph> comparison(Traffic traffic, Direction direction) {
        return new Difference(shown(), ErrorText.plain(traffic.all())).paragraphs(direction.participle);
    }
}
