package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Recording;
import java.time.Duration;

/**
 * The number of connections so far.
 *
 * @param count the number
 * @param wanted the expected number
 * @param isOver whether no more connections can arrive
 */
record Arrivals(int count, int wanted, boolean isOver) {

    static Arrivals await(Recording recording, int wanted, Duration within) {
        return Waiting.until(
                recording,
                () -> {
                    // Read the end first, so that a connection that arrives in between counts.
                    boolean over = recording.isEnded();
                    return new Arrivals(recording.exchanges().size(), wanted, over);
                },
                arrivals -> arrivals.count >= wanted || arrivals.isOver,
                within);
    }

    String describe(Duration waited) {
        if (count > wanted) {
            return opened();
        }
        String number = count == 0 ? "none was opened" : "only " + opened();
        return isOver ? number + " before the server was closed" : number + " within " + Durations.describe(waited);
    }

    private String opened() {
        return count == 1 ? "1 was opened" : count + " were opened";
    }
}
