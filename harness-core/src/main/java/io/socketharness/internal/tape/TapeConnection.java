package io.socketharness.internal.tape;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.internal.tape.TapeLine.Other;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A connection of a tape.
 *
 * @param transport the name of the transport that was recorded; empty if the tape does not say it
 * @param lines the script
 */
public record TapeConnection(String transport, List<TapeLine> lines) {

    private static final Set<String> DATAGRAMS = Set.of("udp", "dtls", "udg");

    /**
     * Whether no data passed, as on the connection of a health check or in a DTLS session that ends after its handshake.
     * A replay accepts any number of them.
     */
    public static boolean isProbe(Exchange exchange) {
        return RecordedConnection.lines(exchange).isEmpty();
    }

    /** The connection of an exchange. */
    public static TapeConnection of(Exchange exchange) {
        Recorder recorder = ExchangeRecorder.of(exchange).recorder();
        TapeConnection recorded = new TapeConnection(recorder.transport(), RecordedConnection.lines(exchange));
        return recorded.with(lines -> OwnAddress.replace(lines, recorded.isDatagrams(), recorder.address()));
    }

    public TapeConnection mask(Pattern mask) {
        return with(lines -> Masking.mask(lines, isDatagrams(), mask));
    }

    public TapeConnection redact(List<Pattern> secrets) {
        return with(lines -> Redaction.redact(lines, isDatagrams(), secrets));
    }

    private TapeConnection with(UnaryOperator<List<TapeLine>> change) {
        return new TapeConnection(transport, change.apply(lines));
    }

    boolean isDatagrams() {
        return DATAGRAMS.contains(transport);
    }

    /** Whether a tape of the transport cannot be replayed over another one; empty if it can. */
    public Optional<String> refusal(boolean datagrams, String other) {
        if (transport.isEmpty() || isDatagrams() == datagrams) {
            return Optional.empty();
        }
        return Optional.of("the tape was recorded over " + transport
                + (isDatagrams() ? ", with datagrams" : ", a stream") + "; replay it over "
                + (isDatagrams() ? "udp, dtls or udg" : "tcp, tls or unix") + ", not " + other);
    }

    /** The lines of a script, each with an end. */
    public String text() {
        List<String> text = new ArrayList<>();
        for (TapeLine line : lines) {
            if (line instanceof Message message) {
                text.addAll(MessageText.lines(message, isDatagrams()));
            } else if (line instanceof Other other) {
                text.add(other.text());
            }
        }
        return text.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    public Script script() {
        return Script.parse(text());
    }
}
