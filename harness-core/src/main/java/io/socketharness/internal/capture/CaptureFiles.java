package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Report;
import io.socketharness.recording.Capture;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The capture of a test: a dialogue as text for each server, a page and a pcapng file. Writing it never fails a test: a
 * problem is printed to the standard error.
 */
public final class CaptureFiles {

    /** The configuration parameter or system property that applies to all servers. */
    public static final String MODE = "socketharness.capture";

    /** The one for the directory. */
    public static final String DIRECTORY = "socketharness.capture.directory";

    /** The one that prints the names of the files. */
    static final String PRINT = "socketharness.capture.print";

    private static final String PAGE = "capture.html";

    /** The directories of build tools for results, below the directory of a module. */
    private static final List<String> OUTPUTS = List.of("target", "build");

    /** Writes a file. */
    @FunctionalInterface
    public interface Content {

        void write(Path file) throws IOException;
    }

    /** Where the files of a test are kept. */
    @FunctionalInterface
    public interface Place {

        /**
         * Creates a file.
         *
         * @param name without a directory
         * @param mediaType such as {@code text/html}
         * @param content writes the file; its directory exists
         */
        void create(String name, String mediaType, Content content) throws IOException;
    }

    /** What the files of a server are called, and what it has recorded. */
    public record CapturedServer(String name, Recording recording) {}

    private final String subject;
    private final Function<String, Optional<String>> parameters;
    private final Set<Path> files = new LinkedHashSet<>();

    /**
     * @param subject the test in messages and as the title of the page
     * @param parameters finds a configuration parameter or system property by its name
     */
    public CaptureFiles(String subject, Function<String, Optional<String>> parameters) {
        this.subject = subject;
        this.parameters = parameters;
    }

    /** Whether a capture of a server is wanted: all servers follow the parameter, if it is set. */
    public boolean isWanted(Capture ofServer, boolean failed) {
        Capture mode = parameter(MODE).map(this::mode).orElse(ofServer);
        return mode == Capture.ALWAYS || failed && mode == Capture.ON_FAILURE;
    }

    private Capture mode(String word) {
        String constant = word.toUpperCase(Locale.ROOT).replace('-', '_');
        for (Capture mode : Capture.values()) {
            if (mode.name().equals(constant)) {
                return mode;
            }
        }
        warn(MODE + " is \"" + word + "\"; on-failure, always or never is allowed");
        return Capture.ON_FAILURE;
    }

    private Optional<String> parameter(String name) {
        return parameters.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The directory that the user has chosen. */
    public Optional<Path> chosenDirectory() {
        return parameter(DIRECTORY).map(Path::of);
    }

    /** The directory for all captures. */
    public Path directory() {
        return chosenDirectory()
                .orElseGet(() -> OUTPUTS.stream()
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElseGet(() -> Path.of(Objects.requireNonNullElse(System.getProperty("java.io.tmpdir"), ".")))
                        .resolve("socket-harness"));
    }

    /** A directory for the files of one test. */
    public static Place in(Path directory) {
        return (name, mediaType, content) -> {
            Files.createDirectories(directory);
            content.write(directory.resolve(name));
        };
    }

    /** A name of a file or directory, with the letters and digits of a text. */
    public static String fileName(String text) {
        String name = text.replaceAll("[^\\p{L}\\p{N} ._,()\\[\\]-]", "_").strip();
        String part = name.length() > 100 ? name.substring(0, 100).strip() : name;
        return part.isEmpty() || part.startsWith(".") ? "_" + part : part;
    }

    /** Where a page is, in words: a link for the consoles of development environments. */
    public static String place(Path page) {
        return "Captured in " + page.toUri() + ", with capture.pcapng for Wireshark";
    }

    /**
     * Writes the files again, where they are if they exist.
     *
     * @param place for new files
     * @param servers the servers of the test
     * @param reports what has failed; the first one is the cause
     * @return the page; empty if it could not be written
     */
    public Optional<Path> write(Place place, List<CapturedServer> servers, List<Report> reports) {
        List<Recording> recordings =
                servers.stream().map(CapturedServer::recording).toList();
        boolean isNew = files.isEmpty();
        for (CapturedServer server : servers) {
            create(
                    place,
                    "dialogue-" + fileName(server.name()) + ".txt",
                    "text/plain;charset=UTF-8",
                    file -> Files.writeString(file, server.recording() + "\n"));
        }
        create(place, PAGE, "text/html;charset=UTF-8", file -> HtmlPage.write(file, subject, reports, recordings));
        create(
                place,
                "capture.pcapng",
                "application/octet-stream",
                file -> PcapngFile.write(file, recordings, OptionalInt.empty()));
        if (isNew && parameter(PRINT).filter("true"::equals).isPresent()) {
            files.forEach(file -> print("[[ATTACHMENT|" + file + "]]"));
        }
        return files.stream().filter(file -> file.endsWith(PAGE)).findFirst();
    }

    private void create(Place place, String name, String mediaType, Content content) {
        AtomicReference<Throwable> problem = new AtomicReference<>();
        Content noted = file -> {
            try {
                content.write(file);
                files.add(file.toAbsolutePath().normalize());
            } catch (IOException | RuntimeException | OutOfMemoryError incomplete) {
                problem.set(incomplete);
                Files.deleteIfExists(file);
                throw incomplete;
            }
        };
        try {
            Optional<Path> known =
                    files.stream().filter(file -> file.endsWith(name)).findFirst();
            if (known.isPresent()) {
                noted.write(known.get());
            } else {
                place.create(name, mediaType, noted);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError unable) {
            // a test framework may throw an exception of its own because of the first one
            Throwable reason = Objects.requireNonNullElse(problem.get(), unable);
            warn(name + " of " + subject + " could not be written: " + reason);
        }
    }

    private static void warn(String line) {
        System.err.println("socket-harness: " + line);
    }

    @SuppressWarnings("SystemOut") // where build servers look for it
    private static void print(String line) {
        System.out.println(line);
    }
}
