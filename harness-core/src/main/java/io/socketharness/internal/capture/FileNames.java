package io.socketharness.internal.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Names of files and directories for tests and servers, which may have any name. */
public final class FileNames {

    private static final int LONGEST = 100;
    /** Some file systems allow 143 bytes. Names of files have a beginning and an end in addition. */
    private static final int MOST_BYTES = 120;

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The tests that captures were written for, by their directories. */
    private static final Map<String, String> OWNERS = new ConcurrentHashMap<>();

    private FileNames() {}

    /** A name with the letters and digits of a text, as far as the file system allows. Not unique. */
    public static String of(String text) {
        String name = text.replaceAll("[^\\p{L}\\p{N} ._,()\\[\\]-]", "_").strip();
        String part = beginning(isAllowed(name) ? name : name.replaceAll("[^ -~]", "_"));
        return part.isEmpty() || part.startsWith(".") ? "_" + part : part;
    }

    /** Names of files have the encoding of the platform, which may be ASCII. */
    private static boolean isAllowed(String name) {
        try {
            return Path.of(name).getNameCount() > 0;
        } catch (InvalidPathException notEncoded) {
            return false;
        }
    }

    private static String beginning(String name) {
        int end = 0;
        int bytes = 0;
        while (end < name.length()) {
            String next = Character.toString(name.codePointAt(end));
            bytes += next.getBytes(StandardCharsets.UTF_8).length;
            if (end + next.length() > LONGEST || bytes > MOST_BYTES) {
                break;
            }
            end += next.length();
        }
        return name.substring(0, end).strip();
    }

    /**
     * A directory that no other test of this JVM has, even if its name results in the same name of a directory.
     *
     * @param wanted the directory; a number is added if another test has it
     * @param test identifies the test; the same test gets the same directory
     */
    public static Path directory(Path wanted, String test) {
        Path free = wanted;
        for (int number = 2; !test.equals(owner(free, test)); number++) {
            free = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return free;
    }

    private static String owner(Path directory, String test) {
        String owner = OWNERS.putIfAbsent(key(directory.toAbsolutePath().toString()), test);
        return owner == null ? test : owner;
    }

    /** Creates a new directory with a number after its name: other JVMs may write into the same directory. */
    public static Path numbered(Path all, String name) throws IOException {
        CaptureFiles.create(all);
        while (true) {
            try {
                return Files.createDirectory(all.resolve(of(name) + "-" + COUNT.incrementAndGet()));
            } catch (FileAlreadyExistsException taken) {
                // the next number may be free
            }
        }
    }

    /** The same for names that some file systems do not distinguish. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
