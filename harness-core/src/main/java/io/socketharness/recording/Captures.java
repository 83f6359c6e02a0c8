package io.socketharness.recording;

import io.socketharness.internal.capture.HtmlPage;
import io.socketharness.internal.capture.PcapngFile;
import io.socketharness.internal.recording.PublicRecordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Writes recordings as files for people: pcapng, which Wireshark and tshark read, and HTML pages. */
public final class Captures {

    private Captures() {}

    /**
     * Writes recordings into one file, in the order of time. Each server is an interface with its name.
     *
     * <p>The packets are made up from the recorded events: the handshake of TCP, the data as it was read and written, and
     * each FIN and RST. Sequence numbers and checksums are correct, and times have nanoseconds. Acknowledgements follow at
     * once, and data that the recording does not keep is missing. A write or read of more than 65,495 bytes has several
     * packets. TLS and DTLS are shown in clear, without handshakes. Unix sockets are shown as TCP or UDP between loopback
     * addresses. The description of the interface and a comment of the first packet say so.
     *
     * <p>Each step of a script is a comment of the packet that it received or sent; without one, of the packet before the
     * end of the step. The step that failed has the reason. What a network condition did to data is a comment of the packet
     * with that data. Other events are comments of the packet before them. An asterisk replaces each byte of a secret that
     * the server redacts, in packets and comments.
     *
     * @param file the file; an existing one is replaced
     * @param recordings the recordings of running or closed servers
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Recording... recordings) throws IOException {
        PcapngFile.write(file, new PublicRecordings(List.of(recordings)), OptionalInt.empty());
    }

    /**
     * Writes recordings as an HTML page, on one time line. It shows what failed so far on these servers, and a sequence
     * diagram of their connections with the bytes of each message. It is one file that loads nothing else, for
     * browsers, light and dark.
     *
     * <p>TLS and DTLS are shown in clear. An asterisk replaces each byte of a secret that the server redacts. The page
     * has at most 64 KiB plus ten times the recorded bytes, and at most 16 MiB. It says what is left out.
     *
     * @param file the file; an existing one is replaced
     * @param recordings the recordings of running or closed servers
     * @throws IOException if it cannot be written
     */
    public static void writeHtml(Path file, Recording... recordings) throws IOException {
        HtmlPage.write(file, List.of(recordings));
    }

    static void write(Path file, Recording recording, int asPort) throws IOException {
        if (asPort < 1 || asPort > 65_535) {
            throw new IllegalArgumentException("port " + asPort + " is out of range; 1 to 65535 is allowed");
        }
        PcapngFile.write(file, new PublicRecordings(List.of(recording)), OptionalInt.of(asPort));
    }
}
