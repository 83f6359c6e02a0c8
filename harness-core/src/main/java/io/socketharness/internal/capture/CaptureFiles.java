package io.socketharness.internal.capture;

import io.socketharness.internal.capture.WriteProblems.UnwritableDirectory;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.recording.Capture;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

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
    private static final String PACKETS = "capture.pcapng";

    /** The directories of build tools for results, below the directory of a module. */
    private static final List<String> OUTPUTS = List.of("target", "build");

    /** Wrong values of {@link #MODE} that were reported: once, not for each test. */
    private static final Set<String> WRONG_MODES = ConcurrentHashMap.newKeySet();

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
    /** The names of servers in names of files. */
    private final Map<Recording, String> names = new HashMap<>();

    private final Set<String> taken = new HashSet<>();

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
        if (WRONG_MODES.add(word)) {
            warn(MODE + " is \"" + word + "\"; on-failure, always or never is allowed. on-failure applies.");
        }
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

    /** The directory for messages: it may be no path. */
    private String directoryName() {
        return parameter(DIRECTORY).orElseGet(() -> directory().toString());
    }

    /** A directory for the files of one test, which is found when it is needed. */
    public static Place in(Supplier<Path> directory) {
        return (name, mediaType, content) -> {
            Path existing = create(directory.get());
            content.write(existing.resolve(name));
        };
    }

    /** Creates a directory unless it exists. */
    public static Path create(Path directory) throws IOException {
        try {
            Path existing = Files.createDirectories(directory);
            if (!Files.isWritable(existing)) {
                throw new AccessDeniedException(existing.toString());
            }
            return existing;
        } catch (IOException unable) {
            throw new UnwritableDirectory(unable);
        }
    }

    /**
     * Writes a capture. A problem costs a line on the standard error.
     *
     * @param capture writes it
     * @param otherwise the result if it cannot be written
     */
    public <T> T attempt(Callable<T> capture, T otherwise) {
        try {
            return capture.call();
        } catch (Exception | Error unable) {
            new WriteProblems(subject).print(directoryName(), unable);
            return otherwise;
        }
    }

    /** Where a page is, in words: a link for the consoles of development environments. */
    public static String place(Path page) {
        boolean hasPackets = page.endsWith(PAGE) && Files.isRegularFile(page.resolveSibling(PACKETS));
        return "Captured in " + page.toUri() + (hasPackets ? ", with " + PACKETS + " for Wireshark" : "");
    }

    /**
     * Writes the files again, where they are if they exist.
     *
     * @param place for new files
     * @param servers the servers of the test
     * @param reports what has failed
     * @return the page; empty if it could not be written
     */
    public Optional<Path> write(Place place, List<CapturedServer> servers, Reports reports) {
        PublicRecordings data = new PublicRecordings(
                servers.stream().map(CapturedServer::recording).toList());
        boolean isNew = files.isEmpty();
        WriteProblems problems = new WriteProblems(subject);
        for (CapturedServer server : servers) {
            String text = "dialogue-" + name(server) + ".txt";
            create(
                    place,
                    problems,
                    text,
                    "text/plain;charset=UTF-8",
                    file -> Files.write(
                            file, (data.dialogues(server.recording()) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        create(place, problems, PAGE, "text/html;charset=UTF-8", file -> HtmlPage.write(file, subject, reports, data));
        create(
                place,
                problems,
                PACKETS,
                "application/octet-stream",
                file -> PcapngFile.write(file, data, OptionalInt.empty()));
        problems.print(directoryName(), !isNew);
        if (isNew) {
            printNames();
        }
        return file(PAGE);
    }

    /**
     * Writes a page alone.
     *
     * @param place for the file
     * @param name the name of the file
     * @param content writes it
     * @return the page; empty if it could not be written
     */
    public Optional<Path> writePage(Place place, String name, Content content) {
        WriteProblems problems = new WriteProblems(subject);
        create(place, problems, name, "text/html;charset=UTF-8", content);
        problems.print(directoryName(), false);
        printNames();
        return file(name);
    }

    private Optional<Path> file(String name) {
        return files.stream().filter(file -> file.endsWith(name)).findFirst();
    }

    private void printNames() {
        if (parameter(PRINT).filter("true"::equals).isPresent()) {
            files.forEach(file -> print("[[ATTACHMENT|" + file + "]]"));
        }
    }

    /** The name of a server in names of files, with a number if another server of the test has the same one. */
    private String name(CapturedServer server) {
        return names.computeIfAbsent(server.recording(), recording -> {
            String wanted = FileNames.of(server.name());
            String free = wanted;
            for (int number = 2; !taken.add(FileNames.key(free)); number++) {
                free = wanted + "-" + number;
            }
            return free;
        });
    }

    private void create(Place place, WriteProblems problems, String name, String mediaType, Content content) {
        Optional<Path> known = file(name);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        Content noted = file -> {
            try {
                content.write(file);
                files.add(file.toAbsolutePath().normalize());
            } catch (IOException | RuntimeException | Error incomplete) {
                problem.set(incomplete);
                Files.deleteIfExists(file);
                throw incomplete;
            }
        };
        try {
            if (known.isPresent()) {
                replace(known.get(), content);
            } else {
                place.create(name, mediaType, noted);
            }
        } catch (IOException | RuntimeException | Error unable) {
            // a test framework may throw an exception of its own because of the first one
            Throwable reason = Objects.requireNonNullElse(problem.get(), unable);
            problems.add(name, reason);
        }
    }

    /** A failure may name the file already: it stays as it is if the new one cannot be written. */
    private static void replace(Path file, Content content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            content.write(next);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    static void warn(String line) {
        System.err.println("socket-harness: " + line);
    }

    @SuppressWarnings("SystemOut") // where build servers look for it
    private static void print(String line) {
        System.out.println(line);
    }
}
