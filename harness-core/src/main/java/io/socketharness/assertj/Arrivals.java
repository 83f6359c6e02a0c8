package io.socketharness.assertj;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Recording;
import java.time.Duration;

/**
 * How many connections have come.
 *
 * @param count the number
 * @param wanted how many were waited for
 * @param isOver whether none can come any more
 */
record Arrivals(int count, int wanted, boolean isOver) {

    static Arrivals await(Recording recording, int wanted, Duration within) {
        return Waiting.until(
                recording,
                () -> {
                    // First the end: what comes in between counts.
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
