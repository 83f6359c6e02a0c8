package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The files of tapes. */
class TapeLocationTest {

    @Test
    void isInThePackageOfTheTest() {
        assertThat(file(TapeLocationTest.class, "a.tape"))
                .isEqualTo(Path.of("src/test/resources/io/socketharness/spi/a.tape"));
        assertThat(file(TapeLocationTest.class, "/tapes/a.tape")).isEqualTo(Path.of("src/test/resources/tapes/a.tape"));
        assertThat(file(TapeLocationTest.class, "//a.tape")).isEqualTo(Path.of("src/test/resources/a.tape"));
    }

    @Test
    void isInTheRootOfTheResourcesForATestWithoutAPackage() throws IOException {
        assertThat(file(withoutPackage(), "a.tape")).isEqualTo(Path.of("src/test/resources/a.tape"));
    }

    private static Path file(Class<?> testClass, String name) {
        TestRun test = new TestRun(testClass, null, "", "", parameter -> Optional.empty());
        return Path.of("")
                .toAbsolutePath()
                .relativize(TapeLocation.of(test, name).file());
    }

    /** An empty class in the unnamed package, in which the tests of a module cannot have one. */
    private static Class<?> withoutPackage() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(61); // Java 17
        out.writeShort(5);
        out.writeByte(7);
        out.writeShort(2);
        out.writeByte(1);
        out.writeUTF("WithoutPackage");
        out.writeByte(7);
        out.writeShort(4);
        out.writeByte(1);
        out.writeUTF("java/lang/Object");
        out.writeShort(0x21);
        out.writeShort(1);
        out.writeShort(3);
        out.writeLong(0);
        byte[] file = bytes.toByteArray();
        return new ClassLoader(TapeLocationTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass("WithoutPackage", file, 0, file.length);
            }
        }.define();
    }
}
