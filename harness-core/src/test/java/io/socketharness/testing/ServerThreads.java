package io.socketharness.testing;

import io.socketharness.FakeServer;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The threads of servers that live, by their names, which have the server's address. */
public final class ServerThreads {

    private ServerThreads() {}

    /** The time that those of one server have run; without the virtual ones, of which no JVM tells. */
    public static Duration cpuTime(FakeServer server) {
        return Duration.ofNanos(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(server.recording().title() + " "))
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .sum());
    }

    public static List<String> alive(Path directory) throws Exception {
        Stream<String> names = Runtime.version().feature() < 24
                ? Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                : dump(directory);
        return names.filter(name -> name.contains("://127.0.0.1:")).toList();
    }

    /** From JDK 24 on they are virtual, which only a dump of the JVM tells; the call is newer than this code's Java. */
    private static Stream<String> dump(Path directory) throws Exception {
        Path file = Files.createTempDirectory(directory, "dump").resolve("threads.txt");
        Class<? extends PlatformManagedObject> type =
                Class.forName("com.sun.management.HotSpotDiagnosticMXBean").asSubclass(PlatformManagedObject.class);
        Method dump = Stream.of(type.getMethods())
                .filter(method -> method.getName().equals("dumpThreads"))
                .findFirst()
                .orElseThrow();
        Object plain = dump.getParameterTypes()[1].getEnumConstants()[0];
        dump.invoke(ManagementFactory.getPlatformMXBean(type), file.toString(), plain);
        return Files.readAllLines(file).stream().filter(line -> line.startsWith("#"));
    }
}
