package io.socketharness.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {

    private static String marked(Bytes bytes, boolean lines) {
        return new Html().bytes(bytes, lines).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "0000, \\x00",
        "001b, \\x1b",
        "007f, \\x7f",
        "0085, \\u0085",
        "00a0, \\u00a0",
        "00ad, \\u00ad",
        "200b, \\u200b",
        "202e, \\u202e",
        "2066, \\u2066",
        "2028, \\u2028",
        "3164, \\u3164",
        "e000, \\ue000",
        "fe0f, \\ufe0f",
        "feff, \\ufeff",
        "ffff, \\uffff",
        "e0041, \\ue0041"
    })
    void escapesWhatIsInvisible(String character, String escape) {
        String text = "a" + Character.toString(Integer.parseInt(character, 16)) + "b";

        assertThat(new Html().words(text)).hasToString("a<b>" + escape + "</b>b");
        assertThat(marked(Bytes.ofText(text), false)).isEqualTo("a<b>" + escape + "</b>b");
    }

    @Test
    void leavesTextAsItIs() {
        assertThat(new Html().words("grüße 你好 😀 \u05e9")).hasToString("grüße 你好 😀 \u05e9");
    }

    @Test
    void escapesBytesThatAreNotUtf8() {
        assertThat(marked(Bytes.parseHex("61 ff c3 28 e2 82 62 f0 9f"), false))
                .isEqualTo("a<b>\\xff\\xc3</b>(<b>\\xe2\\x82</b>b<b>\\xf0\\x9f</b>");
    }

    @Test
    void endsLinesAfterLineFeeds() {
        assertThat(marked(Bytes.ofText("a\r\nb\n"), true)).isEqualTo("a<b>\\r\\n</b>\nb<b>\\n</b>\n");
    }

    @Test
    void escapesMarkupInTextAndAttributes() {
        assertThat(new Html().element("p", "<b>&amp;\"", "class", "\"><i>\n\0"))
                .hasToString("<p class=\"&quot;&gt;&lt;i&gt;\n\\x00\">&lt;b&gt;&amp;amp;&quot;</p>");
    }
}
