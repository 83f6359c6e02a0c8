package io.socketharness.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.internal.recording.TlsFailure;
import org.junit.jupiter.api.Test;

/** Text that a client chooses. */
class ForeignTextTest {

    @Test
    void controlCharactersAreEscaped() {
        assertThat(ForeignText.shown("/tmp/a b\u00e9.sock")).isEqualTo("/tmp/a b\u00e9.sock");
        assertThat(ForeignText.shown("/tmp/\u001b[31m\u202e")).isEqualTo("/tmp/\\x1b[31m\\xe2\\x80\\xae");
    }

    @Test
    void theJdkRepeatsTheNameOfTheServer() {
        TlsFailure failure = new TlsFailure(TlsFailure.Reason.REFUSED_BY_SERVER, "Invalid server name: a\u001b[2J");
        assertThat(failure.detail()).isEqualTo("Invalid server name: a\\x1b[2J");
    }
}
