package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.tape.TapeLine.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Applies a change to the messages of one side of a connection: to a stream as a whole, to each datagram by itself. */
final class Passages {

    private Passages() {}

    /** Changes the messages of both sides, one side after the other. */
    static List<TapeLine> change(List<TapeLine> lines, boolean datagrams, Consumer<Passage> change) {
        List<TapeLine> changed = lines;
        for (Direction direction : Direction.values()) {
            changed = change(changed, datagrams, direction, false, change);
        }
        return changed;
    }

    /** {@code bytewise} if each byte of a binary message is one character. */
    static List<TapeLine> change(
            List<TapeLine> lines, boolean datagrams, Direction direction, boolean bytewise, Consumer<Passage> change) {
        List<TapeLine> changed = new ArrayList<>(lines);
        List<Integer> places = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Message message && message.direction() == direction) {
                places.add(i);
                messages.add(message);
            }
        }
        if (datagrams) {
            for (int i = 0; i < messages.size(); i++) {
                changed.set(
                        places.get(i),
                        changed(List.of(messages.get(i)), bytewise, change).get(0));
            }
        } else {
            List<Message> all = changed(messages, bytewise, change);
            for (int i = 0; i < all.size(); i++) {
                changed.set(places.get(i), all.get(i));
            }
        }
        return changed;
    }

    private static List<Message> changed(List<Message> messages, boolean bytewise, Consumer<Passage> change) {
        Passage passage = new Passage(messages, bytewise);
        change.accept(passage);
        return passage.result();
    }
}
