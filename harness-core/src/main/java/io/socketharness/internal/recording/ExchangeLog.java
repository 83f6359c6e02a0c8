package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores the events and bytes of an exchange, and enforces the limits of the recording. Guarded by the lock of the
 * exchange, except for {@link #isComplete()}.
 */
final class ExchangeLog {

    /** Kinds that can occur any number of times. */
    private static final Set<Event.Kind> REPEATED = EnumSet.of(Event.Kind.NOT_SENT, Event.Kind.DISCARDED);

    private final Recorder recorder;
    private final int index;
    private final @Nullable EventObserver observer;
    private final boolean datagrams;
    private final ExchangeState state;
    private final ByteLog received;
    private final ByteLog sent = new ByteLog();
    private final EventLog events;
    private @Nullable FrameLog receivedFrames;
    private @Nullable FrameLog sentFrames;
    /** Whether the limit is reached: bytes are not kept, and sent and received data has no events. */
    private volatile boolean limited;

    /**
     * @param index of the exchange
     */
    ExchangeLog(Recorder recorder, int index, boolean datagrams, ExchangeState state, ByteLog received) {
        this.recorder = recorder;
        this.index = index;
        this.observer = recorder.observer();
        this.datagrams = datagrams;
        this.state = state;
        this.received = received;
        this.events = new EventLog(datagrams);
    }

    boolean isComplete() {
        return !limited;
    }

    /** Passes bytes on to the observer. They are the next ones of the buffer, which does not change. */
    void observe(long at, Event.Kind kind, ByteBuffer data, int count, String remark) {
        if (observer != null) {
            byte[] copy = new byte[count];
            data.duplicate().get(copy);
            observer.occurred(index, new Event(Duration.ofNanos(at), kind, Bytes.of(copy), remark));
        }
    }

    /** How much the events count under their limit. */
    long keptForEvents() {
        EventLog.View all = events.view();
        long kept = 0;
        for (int i = 0; i < all.size(); i++) {
            EventLog.Entry entry = all.get(i);
            boolean isData = entry.kind() == Event.Kind.RECEIVED || entry.kind() == Event.Kind.SENT;
            if (isData && entry.isKept() || REPEATED.contains(entry.kind())) {
                kept += EventLog.COST + entry.detail().length();
            }
        }
        return kept;
    }

    /** Reserves room in the recording for bytes and their event at a time. Without room, the limit is reached. */
    void reserve(long at, Event.Kind kind, int count, String remark) {
        if (limited) {
            return;
        }
        if (!events.joins(kind, count) && !recorder.keepEvent(remark)) {
            limitEvents(at);
        } else if (!recorder.keep(count)) {
            limit(at, recorder.limit() + " bytes");
        }
    }

    private void limitEvents(long at) {
        limit(at, recorder.eventLimit() + " bytes for events, " + EventLog.COST + " each,");
    }

    private void limit(long at, String words) {
        limited = true;
        received.limit();
        sent.limit();
        note(
                at,
                Event.Kind.LIMIT_REACHED,
                "recording limit of " + words + " reached: received bytes from " + received.complete()
                        + " on and sent bytes from " + sent.complete() + " on are not kept");
    }

    /** Adds bytes and their event: they were sent at a time or after it. */
    void sent(long at, ByteBuffer data, int count, String remark) {
        long offset = sent.length();
        observe(at, Event.Kind.SENT, data, count, remark);
        reserve(at, Event.Kind.SENT, count, remark);
        if (limited) {
            sent.skip(count);
        } else {
            sent.append(data, count);
        }
        add(at, Event.Kind.SENT, offset, count, remark);
    }

    /** Adds the event of bytes for which room was {@linkplain #reserve reserved}. */
    void add(long at, Event.Kind kind, long offset, int count, String remark) {
        state.add(kind);
        if (limited) {
            events.addNotKept(at, kind, offset, count);
        } else if (events.joins(kind, count)) {
            events.join(at, count);
        } else {
            events.add(events.notBefore(at), kind, offset, count, remark);
        }
    }

    /** Adds an event without bytes. An event of a repeated kind is added only if there is room. */
    void event(Event.Kind kind, String detail) {
        if (!REPEATED.contains(kind) || recorder.keepEvent(detail)) {
            note(kind, detail);
        } else {
            long at = recorder.now();
            observe(at, kind, detail);
            if (!limited) {
                limitEvents(at);
            }
        }
    }

    /** Adds an event without bytes, regardless of the limit. */
    void note(Event.Kind kind, String detail) {
        note(recorder.now(), kind, detail);
    }

    /** Adds an event without bytes at a time, regardless of the limit. */
    void note(long at, Event.Kind kind, String detail) {
        state.add(kind);
        long notBefore = events.notBefore(at);
        events.add(notBefore, kind, 0, 0, detail);
        observe(notBefore, kind, detail);
    }

    private void observe(long at, Event.Kind kind, String detail) {
        if (observer != null) {
            observer.occurred(index, new Event(Duration.ofNanos(at), kind, Bytes.of(), detail));
        }
    }

    /** Removes the events of the last {@code count} bytes of the input, from {@code offset} on. */
    void takeBack(long offset, int count) {
        events.takeBack(offset);
        if (observer != null) {
            observer.withdrawn(index, count);
        }
    }

    /** Notes that of the bytes that are sent next, {@code size} after {@code ahead} are a frame. */
    void sendingFrame(int ahead, int size, int contentAt, int length) {
        if (!limited) {
            sentFrames = sentFrames == null ? new FrameLog() : sentFrames;
            add(sentFrames, sent.length() + ahead, size, contentAt, length);
        }
    }

    /** Forgets a frame whose bytes were not all sent. */
    void forgetUnsentFrame() {
        if (sentFrames != null) {
            sentFrames.forgetBeyond(sent.length());
        }
    }

    /** Notes that received bytes are a frame. */
    void receivedFrame(long from, int size, int contentAt, int length) {
        if (!limited) {
            receivedFrames = receivedFrames == null ? new FrameLog() : receivedFrames;
            add(receivedFrames, from, size, contentAt, length);
        }
    }

    /** Forgets the frames of what was received from {@code offset} on. */
    void putBack(long offset) {
        if (receivedFrames != null) {
            receivedFrames.forget(offset);
        }
    }

    private static void add(FrameLog frames, long from, int size, int contentAt, int length) {
        frames.add(new FrameLog.Frame(from, from + size, from + contentAt, length));
    }

    /** The number of events. For any thread, without the lock of the recorder. */
    int size() {
        return events.visibleSize();
    }

    Bytes receivedBytes() {
        return received.kept();
    }

    Bytes sentBytes() {
        return sent.kept();
    }

    /** Returns everything recorded so far, shared and not copied. */
    Snapshot snapshot() {
        return new Snapshot(
                events.view(), receivedBytes(), sentBytes(), datagrams, frames(receivedFrames), frames(sentFrames));
    }

    private static List<FrameLog.Frame> frames(@Nullable FrameLog known) {
        return known == null ? List.of() : known.view();
    }
}
