package io.socketharness.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThrownTextTest {

    @Test
    void aLongMessageIsShortened() {
        Throwable thrown = new IOException("x".repeat(1_000_000) + "\n\nnext");

        assertThat(ThrownText.inOneLine(thrown)).matches("java\\.io\\.IOException: x{279}…");
        assertThat(ThrownText.inLines(thrown)).matches("java\\.io\\.IOException: x{979}…\nnext");
    }

    @Test
    void anExceptionWithoutTextIsShownByItsType() {
        String type = WithoutText.class.getName();

        for (Throwable thrown : new Throwable[] {new WithoutText(false), new WithoutText(true)}) {
            assertThat(ThrownText.inOneLine(thrown)).isEqualTo(type);
            assertThat(ThrownText.inLines(thrown)).isEqualTo(type);
        }
    }

    private static final class WithoutText extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final boolean throwing;

        WithoutText(boolean throwing) {
            this.throwing = throwing;
        }

        @Override
        @SuppressWarnings({"NullAway", "OverrideThrowableToString", "ToStringReturnsNull"})
        public String toString() {
            if (throwing) {
                throw new IllegalStateException("no text");
            }
            return null;
        }
    }
}
