package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Script;
import org.junit.jupiter.api.Test;

class BytesTest {

    private final Bytes slice = Bytes.ofText("<<PI\tNG\1>>").slice(2, 8);

    @Test
    void aSliceIsTheBytesThatItShows() {
        Bytes copy = Bytes.of(slice.toByteArray());
        assertThat(slice).isEqualTo(copy).hasSameHashCodeAs(copy);
        assertThat(slice.text()).isEqualTo("PI\tNG\1");
        assertThat(slice.escaped()).isEqualTo("PI\\tNG\\x01");
        assertThat(slice.hex()).isEqualTo("50 49 09 4e 47 01");
        assertThat(slice.isText()).isFalse();
        assertThat(slice.slice(0, 5).isText()).isTrue();
        assertThat(slice.size()).isEqualTo(6);
        assertThat(slice).isNotEqualTo(Bytes.ofText("PI\tNG\1>"));
    }

    @Test
    void charactersThatChangeTheDirectionOfTextAreEscaped() {
        Bytes bytes = Bytes.ofText("a\u202eb\u2066c\u200dd");
        assertThat(bytes.isText()).isFalse();
        assertThat(bytes.escaped()).isEqualTo("a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\u200dd");
        assertThat(Bytes.ofText("family \u200d, Persian \u200c").isText()).isTrue();
    }

    @Test
    void controlCharactersBeyondAsciiAreEscaped() {
        Bytes bytes = Bytes.ofText("\u009b31m \u0080\u009f\u00a0é");

        assertThat(bytes.escaped()).isEqualTo("\\xc2\\x9b31m \\xc2\\x80\\xc2\\x9f\u00a0é");
        assertThat(Script.parse("S< " + bytes.escaped() + "\n").toString()).contains(bytes.escaped());
    }

    @Test
    void aSliceEndsWhereItEnds() {
        assertThat(slice.at(5)).isEqualTo((byte) 1);
        assertThatThrownBy(() -> slice.at(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, 7)).hasMessage("slice 0 to 7 of 6 bytes");
        assertThat(slice.indexOf(Bytes.ofText("\1>"), 0)).isEqualTo(-1);
        assertThat(slice.indexOf(Bytes.ofText("<P"), 0)).isEqualTo(-1);
        assertThat(slice.startsWith(Bytes.ofText("PI\tNG\1>"))).isFalse();
    }

    @Test
    void findsPartsOfASlice() {
        assertThat(slice.indexOf(Bytes.ofText("NG"), 0)).isEqualTo(3);
        assertThat(slice.indexOf(Bytes.ofText("NG"), 3)).isEqualTo(3);
        assertThat(slice.indexOf(Bytes.ofText("NG"), 4)).isEqualTo(-1);
        assertThat(slice.indexOf(Bytes.of(), 6)).isEqualTo(6);
        assertThat(slice.indexOf(Bytes.of(), 7)).isEqualTo(-1);
        assertThat(slice.startsWith(slice.slice(0, 3))).isTrue();
        assertThat(slice.startsWith(Bytes.ofText("PI"))).isTrue();
        assertThat(slice.startsWith(Bytes.ofText("PT"))).isFalse();
        assertThat(slice.mismatch(Bytes.ofText("PI\tN-"))).isEqualTo(4);
        assertThat(slice.mismatch(slice.slice(0, 6))).isEqualTo(-1);
    }
}
