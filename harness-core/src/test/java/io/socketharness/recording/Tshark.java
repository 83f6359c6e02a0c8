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

    private static final String[] CHECKSUMS = {
        "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"
    };

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
        return Program.run("", command.toArray(String[]::new))
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .reduce("", (before, line) -> before + line + "\n");
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

    /** Everything that tshark remarks is true, and it finds no error. */
    void requireClean() throws Exception {
        assertThat(run("-q", "-z", "expert")
                        .lines()
                        .filter(line -> line.matches("\\s+\\d+\\s+(?!Comment)\\S+\\s+\\S+\\s+.*")))
                .allSatisfy(line -> assertThat(TRUE_REMARKS).anyMatch(line::contains));
        requireWellFormed();
    }

    /** No packet is malformed, and all checksums are good. */
    void requireWellFormed() throws Exception {
        assertThat(run("-V")).doesNotContain("Malformed", "[incorrect", "Bad checksum");
        // 1 is a good checksum; IPv6 has none
        assertThat(fields("frame", "ip.checksum.status", "tcp.checksum.status", "udp.checksum.status"))
                .isNotEmpty()
                .allMatch(packet -> packet.matches("1?;(1;|;1)"));
    }

    /** What one side has sent on each connection, as Follow Stream shows it. */
    record Followed(Bytes received, Bytes sent) {}

    /** Follows streams, all in one run of tshark. */
    List<Followed> follow(String protocol, int streams) throws Exception {
        List<String> options = new ArrayList<>(List.of("-q"));
        IntStream.range(0, streams).forEach(i -> options.addAll(List.of("-z", "follow," + protocol + ",raw," + i)));
        List<Followed> followed = new ArrayList<>(java.util.Collections.nCopies(streams, null));
        for (String part : run(options.toArray(String[]::new)).split("\nFollow: ")) {
            int filter = part.indexOf("stream eq ");
            if (filter >= 0) {
                int index = Integer.parseInt(
                        part.substring(filter + 10, part.indexOf('\n', filter)).strip());
                followed.set(index, new Followed(bytes(part, ""), bytes(part, "\t")));
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
