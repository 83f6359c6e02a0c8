package io.socketharness.spi;

import io.socketharness.Tape;
import io.socketharness.script.ScriptSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The file of a tape: in the sources of the tests, or else on the class path. */
final class TapeLocation {

    /** The configuration parameter or system property for the directory. */
    static final String PROPERTY = "socketharness.tape.directory";

    private static final Path TESTS = Path.of("src", "test");
    private static final Path SOURCES = TESTS.resolve("resources");

    private final TestRun test;
    private final String name;
    private final boolean isChosen;
    private final Path directory;
    private final Path file;

    private TapeLocation(TestRun test, String name, Optional<String> chosen) {
        this.test = test;
        this.name = name;
        this.isChosen = chosen.isPresent();
        this.directory = chosen.map(Path::of).orElse(SOURCES).toAbsolutePath();
        this.file = directory.resolve(resource(test.testClass(), name)).normalize();
    }

    /** A file beside the test class, in the sources of the resources. */
    static Path inSources(Class<?> testClass, String name) {
        return SOURCES.toAbsolutePath().resolve(resource(testClass, name)).normalize();
    }

    /** {@code name} is relative to the package of the test class; after a slash, to the root of the resources. */
    static TapeLocation of(TestRun test, String name) {
        return new TapeLocation(test, name, test.parameters().apply(PROPERTY).filter(text -> !text.isBlank()));
    }

    private static String resource(Class<?> testClass, String name) {
        if (name.startsWith("/")) {
            return name.replaceFirst("^/+", "");
        }
        String folder = testClass.getPackageName().replace('.', '/');
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    Path file() {
        return file;
    }

    /** The tape, if there is one. */
    Optional<Tape> read() {
        try {
            if (Files.exists(file)) {
                return Optional.of(Tape.read(file));
            }
            return onClassPath();
        } catch (ScriptSyntaxException outdated) {
            throw new IllegalArgumentException("tape " + name + " cannot be read: " + outdated.getMessage()
                    + "\nMend the line, or record the tape" + " again with -D" + TapeMode.PROPERTY + "=record");
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "tape " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The tape, if there is one that can be read. */
    Optional<Tape> readable() {
        try {
            return read();
        } catch (IllegalArgumentException outdated) {
            return Optional.empty();
        }
    }

    private Optional<Tape> onClassPath() throws IOException {
        URL resource = test.testClass().getResource(name);
        if (resource == null) {
            return Optional.empty();
        }
        if (resource.getProtocol().equals("file")) {
            return Optional.of(Tape.read(Path.of(URI.create(resource.toString()))));
        }
        try (InputStream in = resource.openStream()) {
            return Optional.of(Tape.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** Notes that a copy is replayed: a tape that was deleted to record it again still has one in the build's output. */
    void noteCopy() {
        URL resource = test.testClass().getResource(name);
        if (!Files.exists(file) && resource != null && resource.getProtocol().equals("file")) {
            TapeRecorder.print("replaying " + resource + ", because there is no " + file
                    + "; to record it again, run the test with -D" + TapeMode.PROPERTY + "=record");
        }
    }

    /** Refuses to record where the tape could not be written. */
    void requireWritable() {
        if (!isChosen && !Files.isDirectory(TESTS)) {
            throw refused("there is no directory " + directory.getParent() + "; run the tests in the directory of their"
                    + " module");
        }
        Path existing = file.getParent();
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            throw refused(existing + " is not a directory");
        }
        if (!Files.isWritable(existing)) {
            throw refused("the directory " + existing + " is not writable");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refused(Files.isDirectory(file) ? "it is a directory" : "it is not a regular file");
        }
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("tape " + file + " cannot be recorded: " + reason + (isChosen ? "" : ", or")
                + (isChosen ? "; change " : " set ") + PROPERTY);
    }

    /** For the message that there is none. */
    String searched() {
        return "neither as " + file + " nor on the class path";
    }
}
