package io.socketharness.internal.tape;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recording that a tape shows: its messages, a millisecond apart, and its pauses. */
public final class TapeRecording {

    private static final long STEP = Duration.ofMillis(1).toNanos();
    private static final Pattern PAUSE = Pattern.compile("# (\\d+\\.\\d) s later");
    private static final Pattern PATTERN_LINE = Pattern.compile("\\s*C([~!]) ?(.*)", Pattern.DOTALL);

    private final Recorder recorder;
    private long now;

    private TapeRecording(String transport) {
        recorder = new Recorder(transport, Long.MAX_VALUE, Duration.ZERO, () -> now);
    }

    /**
     * Returns the recording.
     *
     * @param title the name of the server in it
     * @param connections the connections of the tape
     */
    public static Recording of(String title, List<TapeConnection> connections) {
        String transport = connections.stream()
                .map(TapeConnection::transport)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("tcp");
        TapeRecording tape = new TapeRecording(transport);
        tape.recorder.title(title);
        connections.forEach(tape::add);
        tape.recorder.end();
        return tape.recorder.recording();
    }

    private void add(TapeConnection connection) {
        boolean datagrams = connection.isDatagrams();
        ExchangeRecorder exchange = recorder.open(null, "the client of the tape", datagrams);
        exchange.publish();
        String eol = "\r\n";
        for (TapeLine line : connection.lines()) {
            if (line instanceof Message message) {
                add(exchange, message.isFromClient(), content(message));
            } else if (line instanceof TapeLine.Other other) {
                String step = other.text().strip();
                if (step.startsWith("@eol ")) {
                    eol = step.startsWith("@eol lf") ? "\n" : "\r\n";
                }
                step(exchange, other.text(), step, datagrams ? "" : eol);
            }
        }
        now += STEP;
    }

    private static ByteBuffer content(Message message) {
        byte[] end = message.end().getBytes(StandardCharsets.UTF_8);
        int size = message.pieces().stream()
                .mapToInt(piece -> piece.bytes().size())
                .sum();
        ByteBuffer content = ByteBuffer.allocate(size + end.length);
        message.pieces().forEach(piece -> content.put(piece.bytes().toByteArray()));
        return content.put(end).flip();
    }

    private void add(ExchangeRecorder exchange, boolean isFromClient, ByteBuffer content) {
        now += STEP;
        if (isFromClient) {
            exchange.received(content);
            return;
        }
        try {
            exchange.send(content, data -> data.position(data.limit()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void step(ExchangeRecorder exchange, String line, String step, String eol) {
        Matcher pause = PAUSE.matcher(step);
        if (pause.matches()) {
            now += (long) (Double.parseDouble(pause.group(1)) * 1e9);
            return;
        }
        Matcher pattern = PATTERN_LINE.matcher(line);
        if (pattern.matches()) {
            // the recorded text is not on the tape
            boolean isRegex = pattern.group(1).equals("~");
            String text = isRegex ? pattern.group(2) + eol : pattern.group(2);
            add(exchange, true, ByteBuffer.wrap(Bytes.ofText(text).toByteArray()));
            return;
        }
        Event.Kind kind = switch (step) {
            case "@close", "@close now" -> Event.Kind.CLOSED;
            case "@half-close" -> Event.Kind.HALF_CLOSED_BY_SERVER;
            case "@reset" -> Event.Kind.RESET_BY_SERVER;
            case "@expect-end" -> Event.Kind.HALF_CLOSED_BY_CLIENT;
            case "@starttls" -> Event.Kind.TLS_ESTABLISHED;
            default -> Event.Kind.OPENED;
        };
        if (kind != Event.Kind.OPENED) {
            now += STEP;
            exchange.event(kind, "");
        }
    }
}
