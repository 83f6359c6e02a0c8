package io.socketharness.internal.capture;

import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Recordings as a pcapng file, with one interface for each server. */
public final class PcapngFile {

    /** The made-up port of the first server on a Unix socket; that of the next one follows. */
    private static final int UNIX_PORT = 20_000;

    /** The made-up port of the first client of a Unix socket; that of the next one follows. */
    private static final int UNIX_CLIENT_PORT = 30_000;

    private static final int UNIX_CLIENTS = 30_000;

    private final List<Recording> recordings;
    private final PublicRecordings data;
    private final OptionalInt asPort;
    /** The time since 1970 at which {@link System#nanoTime()} was 0. */
    private final long epoch;

    private record Sorted(int ofInterface, long at, Captured packet) {}

    private PcapngFile(PublicRecordings data, OptionalInt asPort) {
        this.recordings = data.recordings();
        this.data = data;
        this.asPort = asPort;
        this.epoch = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
    }

    /** Writes recordings. {@code asPort} replaces the ports of the servers. */
    public static void write(Path file, PublicRecordings data, OptionalInt asPort) throws IOException {
        new PcapngFile(data, asPort).write(file);
    }

    private void write(Path file) throws IOException {
        List<Sorted> all = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            Recording recording = recordings.get(i);
            long origin = epoch + Recorder.of(recording).origin();
            for (Exchange exchange : data.exchanges(recording)) {
                for (Captured packet : packets(exchange)) {
                    all.add(new Sorted(i, origin + packet.at(), packet));
                }
            }
        }
        all.sort(Comparator.comparingLong(Sorted::at));
        try (PcapngWriter writer = new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Recording recording : recordings) {
                writer.addInterface(
                        recording.title(), description(Recorder.of(recording).transport()));
            }
            for (Sorted packet : all) {
                writer.addPacket(
                        packet.ofInterface(),
                        packet.at(),
                        packet.packet().packet().toByteArray(),
                        packet.packet().comments());
            }
        }
    }

    private static String description(String transport) {
        return switch (transport) {
            case "tls", "dtls" -> transport + ", shown in clear";
            case "unix", "udg" -> transport + ", shown as packets between loopback addresses";
            default -> transport;
        };
    }

    private List<Captured> packets(Exchange exchange) {
        InetSocketAddress client = client(exchange);
        InetSocketAddress server = server(exchange, client.getAddress());
        Flow flow = exchange.isDatagrams() ? new UdpFlow(client, server) : new TcpFlow(client, server);
        new Comments(exchange, data, flow).add();
        String transport = Recorder.of(exchange.recording()).transport();
        String label = description(transport);
        if (!label.equals(transport)) {
            flow.packets().stream()
                    .findFirst()
                    .ifPresent(first -> first.comments().add(0, label));
        }
        return flow.packets();
    }

    private static InetSocketAddress client(Exchange exchange) {
        return exchange.client()
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .orElseGet(() ->
                        new InetSocketAddress(loopback(false), UNIX_CLIENT_PORT + exchange.index() % UNIX_CLIENTS));
    }

    /** The server's address in the family of the client's. */
    private InetSocketAddress server(Exchange exchange, InetAddress client) {
        Recorder recorder = Recorder.of(exchange.recording());
        String port = recorder.address()
                .getOrDefault("port", String.valueOf(UNIX_PORT + recordings.indexOf(exchange.recording())));
        return new InetSocketAddress(
                address(recorder.address().getOrDefault("host", ""), client instanceof Inet6Address),
                asPort.orElse(Integer.parseInt(port)));
    }

    private static InetAddress address(String host, boolean version6) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address instanceof Inet6Address == version6) {
                    return address;
                }
            }
        } catch (UnknownHostException unknown) {
            // the server was bound to it a moment ago
        }
        return loopback(version6);
    }

    private static InetAddress loopback(boolean version6) {
        try {
            byte[] address = new byte[version6 ? 16 : 4];
            address[address.length - 1] = 1;
            if (!version6) {
                address[0] = 127;
            }
            return version6 ? Inet6Address.getByAddress(address) : Inet4Address.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
