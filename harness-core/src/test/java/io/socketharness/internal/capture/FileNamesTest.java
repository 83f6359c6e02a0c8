package io.socketharness.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void keepsLettersAndDigits() {
        assertThat(FileNames.of("asks (twice): today/tomorrow")).isEqualTo("asks (twice)_ today_tomorrow");
        assertThat(FileNames.of("..")).isEqualTo("_..");
        assertThat(FileNames.of("")).isEqualTo("_");
    }

    @Test
    void shortensByCharactersAndBytes() {
        assertThat(FileNames.of("x".repeat(300))).hasSize(100);
        assertThat(FileNames.of("\u6f22".repeat(300))).hasSize(40);
        // two chars each
        assertThat(FileNames.of("x" + "\uD840\uDC00".repeat(300))).hasSize(59);
    }

    @Test
    void hasOnlyCharactersThatThePlatformCanEncode() throws Exception {
        ChildJvm.run(Ascii.class, ChildJvm.CLASS_PATH, "-Dsun.jnu.encoding=US-ASCII");
    }

    static final class Ascii {

        private Ascii() {}

        public static void main(String[] args) {
            String name = FileNames.of("gr\u00f6\u00dfe");
            if (!name.equals("gr__e")) {
                throw new IllegalStateException("a name that the platform does not allow: " + name);
            }
        }
    }
}
