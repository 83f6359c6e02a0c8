package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Bytes;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsHelloBytesTest {

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.ofDelimiter(" ").parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "16 03 01 02 00 01 00 01 fc, true",
        "16 03 01, true",
        "16 03, false",
        "16 03 05 02 00 01, false",
        "16 03 03 00 46 10, false",
        "17 03 03 00 20 01, false"
    })
    void stream(String hex, boolean hello) {
        assertThat(TlsHelloBytes.isHello(bytes(hex), false)).isEqualTo(hello);
    }

    @ParameterizedTest
    @CsvSource({
        "16 fe ff 00 00 00 00 00 00 00 00 00 8c 01 00 00 80, true",
        "16 fe fd 00 00 00 00 00 00 00 00 00 8c 01, true",
        "16 fe fd 00 00 00 00 00 00 00 00 00 8c 02, false",
        "16 fe fd 00 00 00 00 00 00 00 00 00 8c, false",
        "16 fe f5 23, false",
        "16 fe f5 00 00 00 00 00 00 00 00 00 8c 01, false"
    })
    void datagram(String hex, boolean hello) {
        assertThat(TlsHelloBytes.isHello(bytes(hex), true)).isEqualTo(hello);
    }
}
