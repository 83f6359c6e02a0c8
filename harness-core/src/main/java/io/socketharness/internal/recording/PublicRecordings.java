package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Recordings at one moment, without the secrets of any of them: neither where a pattern matches nor where a secret is
 * repeated.
 */
public final class PublicRecordings {

    private final Map<ExchangeRecorder, Snapshot> snapshots = new LinkedHashMap<>();
    private final Map<Secrets, Collection<String>> texts = new HashMap<>();
    private final Set<Bytes> values = new HashSet<>();

    public PublicRecordings(List<Recording> recordings) {
        for (Recording recording : recordings) {
            recording.exchanges().forEach(exchange -> {
                ExchangeRecorder recorder = ExchangeRecorder.of(exchange);
                snapshots.put(recorder, recorder.snapshot());
            });
        }
        for (Recording recording : recordings) {
            Recorder recorder = Recorder.of(recording);
            Secrets secrets = recorder.secrets();
            if (!secrets.patterns().isEmpty()) {
                List<Snapshot> all = exchanges(recording).stream().map(this::of).toList();
                texts.put(secrets, secrets.values(all));
                values.addAll(secrets.secrets(all));
            }
        }
    }

    /** The exchanges that a recording had at that moment. */
    public List<Exchange> exchanges(Recording recording) {
        return snapshots.keySet().stream()
                .map(ExchangeRecorder::exchange)
                .filter(exchange -> exchange.recording() == recording)
                .toList();
    }

    /** A text with asterisks in place of secrets. */
    public String text(String text) {
        String hidden = text;
        for (Map.Entry<Secrets, Collection<String>> one : texts.entrySet()) {
            hidden = one.getKey().hideValues(hidden, one.getValue());
        }
        return hidden;
    }

    /** Passes on the dialogue of an exchange for people: a frame is shown as its message. */
    public void forEachMessage(Exchange exchange, Consumer<DialogueLine> lines) {
        ExchangeRecorder recorder = ExchangeRecorder.of(exchange);
        Snapshot hidden = recorder.recorder().secrets().hide(of(exchange));
        Dialogue.forEachMessage(
                hidden.with(Secrets.hide(hidden.received(), values), Secrets.hide(hidden.sent(), values)), lines);
    }

    /** The events of an exchange; their details may contain secrets. */
    public List<Event> events(Exchange exchange) {
        return of(exchange).events();
    }

    /** The number of bytes that an exchange has recorded. */
    public long size(Exchange exchange) {
        return (long) of(exchange).received().size() + of(exchange).sent().size();
    }

    private Snapshot of(Exchange exchange) {
        return Objects.requireNonNull(snapshots.get(ExchangeRecorder.of(exchange)));
    }
}
