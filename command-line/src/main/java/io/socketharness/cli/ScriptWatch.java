package io.socketharness.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads changed scripts again, for later connections. It compares the contents of the files, because the systems that
 * replace them, such as Kubernetes with its links, do not all send events.
 */
final class ScriptWatch {

    /** Watches nothing. */
    static final ScriptWatch NONE = new ScriptWatch(null);

    private static final long INTERVAL = 300;

    private final @Nullable Thread thread;

    private ScriptWatch(@Nullable Thread thread) {
        this.thread = thread;
    }

    static ScriptWatch start(RunningServers servers, Console console) {
        Map<RunningServer, String> known = new HashMap<>();
        for (RunningServer server : servers.all()) {
            server.plan().script().ifPresent(file -> known.put(server, content(file)));
        }
        Thread thread = new Thread(() -> watch(known, console), "socket-harness watch");
        thread.setDaemon(true);
        thread.start();
        return new ScriptWatch(thread);
    }

    private static void watch(Map<RunningServer, String> known, Console console) {
        Set<RunningServer> gone = new HashSet<>();
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                known.replaceAll((server, before) -> {
                    Path file = server.plan().script().orElseThrow();
                    String now = content(file);
                    boolean isGone = now.isEmpty() && !before.isEmpty();
                    // an editor may replace the file at this moment
                    if (isGone && gone.add(server)) {
                        return before;
                    }
                    gone.remove(server);
                    if (isGone) {
                        console.message(file + ": the file is empty, or it cannot be read\nThe script before stays.");
                    } else if (!now.equals(before)) {
                        reload(server, file, console);
                    }
                    return now;
                });
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reload(RunningServer server, Path file, Console console) {
        try {
            server.observed().script(server.plan().reload().call());
            console.message(file + ": reloaded, for later connections");
        } catch (UsageException | IllegalArgumentException wrong) {
            console.message(wrong.getMessage() + "\nThe script before stays.");
        } catch (Exception unexpected) {
            console.message(file + ": " + unexpected + "\nThe script before stays.");
        }
    }

    private static String content(Path file) {
        try {
            // for the comparison: other bytes than UTF-8 are a change, too, which the reader of scripts refuses
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }

    void end() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
