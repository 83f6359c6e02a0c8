package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Recordings at one moment, without the secrets of any of them: neither where a pattern matches nor where a secret is
 * repeated. Secrets are searched once, because each search looks through all connections.
 */
public final class PublicRecordings {

    private final List<Recording> recordings;
    private final Map<ExchangeRecorder, Moment> moments = new LinkedHashMap<>();
    private final Set<Secrets> patterns = new LinkedHashSet<>();
    private final Collection<Bytes> secrets = new HashSet<>();
    private final Collection<String> texts;

    /** An exchange at that moment. Its steps were read first, so that the snapshot has all of their events. */
    private record Moment(List<StepLog.Entry> steps, long missing, Snapshot snapshot) {

        static Moment of(ExchangeRecorder recorder) {
            StepLog log = recorder.stepLog();
            return new Moment(log.entries(), log.missing(), recorder.snapshot());
        }
    }

    public PublicRecordings(List<Recording> recordings) {
        this.recordings = List.copyOf(recordings);
        for (Recording recording : recordings) {
            recording.exchanges().stream()
                    .map(ExchangeRecorder::of)
                    .forEach(recorder -> moments.put(recorder, Moment.of(recorder)));
        }
        for (Recording recording : recordings) {
            Secrets own = Recorder.of(recording).secrets();
            if (!own.patterns().isEmpty()) {
                patterns.add(own);
                secrets.addAll(own.secrets(
                        exchanges(recording).stream().map(this::snapshot).toList()));
            }
        }
        texts = Secrets.texts(secrets);
    }

    /** The recordings, in their order. */
    public List<Recording> recordings() {
        return recordings;
    }

    /** The exchanges that a recording had at that moment. */
    public List<Exchange> exchanges(Recording recording) {
        return moments.keySet().stream()
                .map(ExchangeRecorder::exchange)
                .filter(exchange -> exchange.recording() == recording)
                .toList();
    }

    /** A text with asterisks in place of secrets. */
    public String text(String text) {
        String hidden = text;
        for (Secrets own : patterns) {
            hidden = own.hideValues(hidden, texts);
        }
        return hidden;
    }

    /** The dialogues of a recording, under the name of its server. */
    public String dialogues(Recording recording) {
        Recorder recorder = Recorder.of(recording);
        StringBuilder out = new StringBuilder(recorder.title());
        if (!recorder.remark().isEmpty()) {
            out.append(" (").append(recorder.remark()).append(')');
        }
        List<Exchange> exchanges = exchanges(recording);
        if (exchanges.isEmpty()) {
            return out.append(": no connection").toString();
        }
        for (Exchange exchange : exchanges) {
            String title = "connection " + exchange.index();
            out.append("\n\n").append(text(DialogueText.of(title, hidden(exchange))));
        }
        return out.toString();
    }

    /** Passes on the dialogue of an exchange for people: a frame is shown as its message. */
    public void forEachMessage(Exchange exchange, Consumer<DialogueLine> lines) {
        Dialogue.forEachMessage(hidden(exchange), lines);
    }

    /** The events of an exchange with their secrets. */
    public List<Event> events(Exchange exchange) {
        return snapshot(exchange).events();
    }

    /** The events of an exchange with asterisks in place of secrets. Their details may contain secrets. */
    public List<Event> hiddenEvents(Exchange exchange) {
        return hidden(exchange).events();
    }

    /** The steps that the script of an exchange has run. */
    public List<RecordedStep> steps(Exchange exchange) {
        return StepLog.read(of(exchange).steps(), this::text);
    }

    /** The number of steps that the script has run beyond those that are kept. */
    public long missingSteps(Exchange exchange) {
        return of(exchange).missing();
    }

    /** The script that serves or has served an exchange, if there is one. */
    public Optional<RecordedScript> script(Exchange exchange) {
        return ExchangeRecorder.of(exchange).stepLog().readScript(this::text);
    }

    /** The number of bytes that an exchange has recorded. */
    public long size(Exchange exchange) {
        Snapshot snapshot = snapshot(exchange);
        return (long) snapshot.received().size() + snapshot.sent().size();
    }

    private Snapshot hidden(Exchange exchange) {
        Snapshot own = Recorder.of(exchange.recording()).secrets().hide(snapshot(exchange));
        return own.with(Secrets.hide(own.received(), secrets), Secrets.hide(own.sent(), secrets));
    }

    private Snapshot snapshot(Exchange exchange) {
        return of(exchange).snapshot();
    }

    private Moment of(Exchange exchange) {
        return Objects.requireNonNull(moments.get(ExchangeRecorder.of(exchange)));
    }
}
