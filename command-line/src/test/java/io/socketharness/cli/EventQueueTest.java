package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Events that are shown more slowly than they happen. */
class EventQueueTest {

    private static final int MEGABYTE = 1 << 20;

    private final EventQueue queue = new EventQueue();

    private void add(Event.Kind kind, int size) {
        queue.observer(0).occurred(0, new Event(Duration.ZERO, kind, Bytes.of(new byte[size]), ""));
    }

    private void fill() {
        for (int i = 0; i < 40; i++) {
            add(Event.Kind.RECEIVED, MEGABYTE);
        }
    }

    @Test
    void dataThatDoesNotFitIsCounted() throws InterruptedException {
        fill();

        for (int i = 0; i < 31; i++) {
            assertThat(queue.poll(0)).isNotNull().matches(item -> item.leftOutBefore() == 0);
        }
        assertThat(queue.poll(0)).isNull();
        assertThat(queue.takeLeftOut()).isEqualTo(9);
        assertThat(queue.takeLeftOut()).isZero();
    }

    @Test
    void theNextEventHasTheCount() throws InterruptedException {
        fill();
        add(Event.Kind.CLOSED, 0);
        for (int i = 0; i < 31; i++) {
            queue.poll(0);
        }

        EventQueue.Item end = queue.poll(0);
        assertThat(end).isNotNull().matches(item -> item.leftOutBefore() == 9);
        assertThat(queue.takeLeftOut()).isZero();
    }

    @Test
    void dataIsShownAgainWhenThereIsMuchRoom() throws InterruptedException {
        fill();
        queue.poll(0);
        add(Event.Kind.SENT, MEGABYTE);
        for (int i = 0; i < 29; i++) {
            queue.poll(0);
        }
        add(Event.Kind.SENT, MEGABYTE);

        assertThat(queue.poll(0)).isNotNull().matches(item -> item.leftOutBefore() == 0);
        assertThat(queue.poll(0)).isNotNull().matches(item -> item.leftOutBefore() == 10);
    }
}
