package io.socketharness.assertj;

import io.socketharness.internal.recording.Difference;
import io.socketharness.internal.script.engine.RegexRun;
import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Text that matches as a whole.
 *
 * @param limit how long the expression may take each time
 */
record Matching(Pattern pattern, Duration limit) implements Expectation {

    @Override
    public String words() {
        return "text matching " + shown();
    }

    /** On one line. */
    private String shown() {
        return pattern.pattern().replace("\r", "\\r").replace("\n", "\\n");
    }

    @Override
    public boolean holds(Traffic traffic) {
        return run(traffic.all(), traffic.all().text()).matches();
    }

    /** The matcher says whether the end of the text is what it stumbled on. */
    @Override
    public boolean canComeToHold(Traffic traffic) {
        RegexRun run = run(traffic.all(), begun(traffic.all()));
        return run.matches() || run.hitEnd();
    }

    private RegexRun run(Bytes bytes, String text) {
        return new RegexRun(pattern, shown(), text, bytes.size(), limit, () -> false);
    }

    /** The text up to a character whose last bytes have not come. */
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

    /** Where nothing says which is closer, the latest is. */
    @Override
    public int closeness(Traffic traffic) {
        return traffic.all().isEmpty() ? 0 : 1;
    }

    @Override
    public String comparison(Traffic traffic, Direction direction) {
        return new Difference(shown(), Report.plain(traffic.all())).inLines(direction.participle);
    }
}
