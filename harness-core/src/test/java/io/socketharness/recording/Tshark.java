package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads a capture with tshark, which checks all checksums. */
final class Tshark {

    /** The remarks of tshark that are true: who began, who ended, and a RST. */
    private static final List<String> TRUE_REMARKS = List.of(
            "Connection establish request (SYN)",
            "Connection establish acknowledge (SYN+ACK)",
            "This frame initiates the connection closing",
            "This frame undergoes the connection closing",
            "Connection finish (FIN)",
            "Connection reset (RST)");

    /** What tshark says of any UDP port from 33434 on, which the system may choose. */
    private static final String GUESS_BY_PORT = "Possible traceroute: ";

    private static final String[] CHECKSUMS = {
        "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"
    };

    /** Whatever the ports and the data are: random bytes look like a protocol now and then. */
    private static final String[] WITHOUT_GUESSES = {"-d", "tcp.port==1-65535,data", "-d", "udp.port==1-65535,data"};

    private final Path file;

    private Tshark(Path file) {
        this.file = file;
    }

    /** Writes the recordings of servers into one file of a directory. */
    static Tshark write(Path directory, FakeServer... servers) throws IOException {
        Path file = directory.resolve("recording.pcapng");
        Captures.write(file, Stream.of(servers).map(FakeServer::recording).toArray(Recording[]::new));
        return new Tshark(file);
    }

    /** Writes the recording of a server as if it had another port. */
    static Tshark write(Path directory, FakeServer server, int asPort) throws IOException {
        Path file = directory.resolve("port" + asPort + ".pcapng");
        server.recording().writePcapng(file, asPort);
        return new Tshark(file);
    }

    /** The output of tshark for the file. */
    String run(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        command.addAll(List.of(CHECKSUMS));
        command.addAll(List.of(options));
        StringBuilder output = new StringBuilder();
        Program.run("", command.toArray(String[]::new))
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .forEach(line -> output.append(line).append('\n'));
        assertThat(output.toString()).doesNotContain("tshark: ");
        return output.toString();
    }

    private static String[] with(String[] some, String... others) {
        return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
    }

    /** The values of fields, a line for each packet that matches a filter. Several values of a field have a bar between. */
    List<String> fields(String filter, String... fields) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("-T", "fields", "-E", "separator=;", "-E", "aggregator=|", "-Y", filter));
        Stream.of(fields).forEach(field -> options.addAll(List.of("-e", field)));
        return run(options.toArray(String[]::new)).lines().toList();
    }

    /** All comments of packets, in order. */
    List<String> comments() throws Exception {
        return fields("frame.comment", "frame.comment").stream()
                .flatMap(packet -> Stream.of(packet.split("\\|")))
                .toList();
    }

    /** Everything that tshark remarks is true, and it finds no error. It does not guess the protocol of the data. */
    void requireClean() throws Exception {
        assertThat(run(with(WITHOUT_GUESSES, "-q", "-z", "expert"))
                        .lines()
                        .filter(line -> line.matches("\\s+\\d+\\s+(?!Comment)\\S+\\s+\\S+\\s+.*"))
                        .filter(line -> !line.contains(GUESS_BY_PORT)))
                .allSatisfy(line -> assertThat(TRUE_REMARKS).anyMatch(line::contains));
        requireWellFormed(WITHOUT_GUESSES);
    }

    /** No packet is malformed, and all checksums are good. */
    void requireWellFormed(String... options) throws Exception {
        // 1 is a good checksum; IPv6 has none
        assertThat(run(with(
                                options,
                                "-T",
                                "fields",
                                "-E",
                                "separator=;",
                                "-e",
                                "ip.checksum.status",
                                "-e",
                                "tcp.checksum.status",
                                "-e",
                                "udp.checksum.status",
                                "-e",
                                "_ws.malformed"))
                        .lines())
                .isNotEmpty()
                .allMatch(packet -> packet.matches("1?;(1;|;1);"));
    }

    private static final Pattern STREAM = Pattern.compile("(tcp|udp)\\.stream eq (\\d+)");

    /** What each side has sent on a connection, as Follow Stream shows it. */
    record Followed(Bytes received, Bytes sent) {}

    /** Follows the first streams of TCP and of UDP, all in one run of tshark. The keys are such as {@code tcp 0}. */
    Map<String, Followed> follow(int tcp, int udp) throws Exception {
        List<String> options = new ArrayList<>(List.of("-q"));
        IntStream.range(0, tcp).forEach(i -> options.addAll(List.of("-z", "follow,tcp,raw," + i)));
        IntStream.range(0, udp).forEach(i -> options.addAll(List.of("-z", "follow,udp,raw," + i)));
        Map<String, Followed> followed = new TreeMap<>();
        for (String part : run(options.toArray(String[]::new)).split("Follow: ")) {
            Matcher filter = STREAM.matcher(part);
            if (filter.find()) {
                followed.put(filter.group(1) + " " + filter.group(2), new Followed(bytes(part, ""), bytes(part, "\t")));
            }
        }
        return followed;
    }

    /** Lines of the server begin with a tab. */
    private static Bytes bytes(String followed, String prefix) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        followed.lines()
                .filter(line -> line.matches(prefix + "([0-9a-f]{2})+"))
                .forEach(line -> out.writeBytes(HexFormat.of().parseHex(line.strip())));
        return Bytes.of(out.toByteArray());
    }
}
