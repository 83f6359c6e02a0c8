package io.socketharness.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.sweep.Effect;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {

    private final List<SweepRun> runs = new ArrayList<>();

    private static SweepRun run(
            int connection, String place, int offset, Effect effect, Verdict verdict, boolean known) {
        String name = effect + " after " + offset + " bytes of \"" + place + "\" (connection " + connection + ")";
        return new SweepRun(
                name, connection, place, offset, false, effect, verdict, "", Duration.ZERO, "", known, List.of());
    }

    private void add(int connection, String place, Effect effect, Verdict... verdicts) {
        for (int i = 0; i < verdicts.length; i++) {
            runs.add(run(connection, place, i, effect, verdicts[i], false));
        }
    }

    private String text() {
        String text = ReportText.matrix(runs);
        assertThat(text.lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(100));
        return text;
    }

    @Test
    void small() {
        add(0, "accept", Effect.CLOSE, Verdict.TOLERATED);
        add(0, "accept", Effect.REFUSE, Verdict.TOLERATED);
        add(0, "C: TEMP?", Effect.CLOSE, Verdict.TOLERATED);
        add(0, "C: TEMP?", Effect.STOP_READING, Verdict.HANG);
        add(0, "S: 21.5", Effect.CLOSE, Verdict.TOLERATED, Verdict.WRONG_RESULT, Verdict.WRONG_RESULT);
        add(0, "S: 21.5", Effect.STALL, Verdict.HANG, Verdict.HANG, Verdict.TOLERATED);
        add(0, "S: 21.5", Effect.SPLIT, Verdict.SURVIVED);
        assertThat(text()).isEqualTo("""
                        ok = the client survives | WRONG = an assertion fails | HANG = no end within the time limit
                        3 = at 3 offsets of the message

                                                   stop-
                                  close    stall   reading  refuse  split
                        accept    ok                        ok
                        C: TEMP?  ok               HANG
                        S: 21.5   WRONG 2  HANG 2                   ok""");
    }

    @Test
    void severalConnections() {
        add(0, "accept", Effect.CLOSE, Verdict.TOLERATED);
        add(
                0,
                "S: 220 a long greeting of a server that …",
                Effect.RESET,
                Verdict.LEAK,
                Verdict.SWALLOWED,
                Verdict.LEAK);
        add(0, "S: 220 a long greeting of a server that …", Effect.STALL, Verdict.NOT_REACHED);
        add(0, "S: 220 a long greeting of a server that …", Effect.REFUSE, Verdict.SURVIVED, Verdict.LEFT_OUT);
        add(0, "S: 220 a long greeting of a server that …", Effect.IGNORE, Verdict.SURVIVED);
        add(0, "S: 220 a long greeting of a server that …", Effect.SPLIT, Verdict.LEFT_OUT);
        add(0, "S: 220 a long greeting of a server that …", Effect.COALESCE, Verdict.NOT_APPLICABLE);
        add(0, "S: 220 a long greeting of a server that …", Effect.SLOW_READING, Verdict.REPEATED);
        add(0, "S: 220 a long greeting of a server that …", Effect.DELAY, Verdict.SERVER_FAILED);
        add(1, "accept", Effect.CLOSE, Verdict.RETRY_STORM);
        add(
                1,
                "C: 00 01 02 03 04 05 06 07 08 09 0a 0b …",
                Effect.STOP_READING,
                Verdict.DIVERGED,
                Verdict.NOT_APPLICABLE);
        runs.add(run(1, "S: bye", 0, Effect.CLOSE, Verdict.HANG, true));
        add(1, "S: bye", Effect.RESET, Verdict.UNSTABLE);
        add(1, "S: bye", Effect.STALL, Verdict.WRONG_EXCEPTION);
        assertThat(text()).isEqualTo("""
                        ok = the client survives | ok 2/5 = it survives at 2 of 5 offsets, the others say nothing
                        THROWS = an exception that is not tolerated
                        REPEAT = it sends a message again that must not be repeated | STORM = too many connections
                        SERVER = it sends something unexpected on another connection | LEAK = it leaves a connection open
                        unreached = the dialogue did not come to this place
                        diverged = the dialogue before this place was different
                        n/a = no effect of its own, or impossible here | unstable = two runs had different results
                        left out = not run | 3 = at 3 offsets of the message
                        + = with other verdicts too | known = a known weakness

                                                                                stop-
                                                    close  reset     stall      reading   refuse  ignore  split     coalesce
                        connection 0
                          accept                    ok
                          S: 220 a long greeting …         LEAK 3+   unreached            ok 1/2  ok      left out  n/a
                        connection 1
                          accept                    STORM
                          C: 00 01 02 03 04 05 06…                              diverged
                          S: bye                    known  unstable  THROWS

                                                                     slow-
                                                                     reading  delay
                        connection 0
                          S: 220 a long greeting of a server that …  REPEAT   SERVER""");
    }

    @Test
    void countsOffsetsOnce() {
        for (boolean persistent : new boolean[] {false, true}) {
            runs.add(new SweepRun(
                    "stall before \"S: 21.5\" (connection 0" + (persistent ? " and later)" : ")"),
                    0,
                    "S: 21.5",
                    0,
                    persistent,
                    Effect.STALL,
                    Verdict.HANG,
                    "",
                    Duration.ZERO,
                    "",
                    false,
                    List.of()));
        }
        assertThat(text()).endsWith("S: 21.5  HANG");
    }

    @Test
    void datagrams() {
        add(0, "C: GET a", Effect.DROP, Verdict.SURVIVED);
        add(0, "C: GET a", Effect.DUPLICATE, Verdict.SURVIVED);
        add(0, "S: 1", Effect.DROP, Verdict.SURVIVED);
        add(0, "S: 1", Effect.TRUNCATE, Verdict.WRONG_RESULT);
        add(0, "S: 1", Effect.DELAY, Verdict.SURVIVED);
        assertThat(text()).isEqualTo("""
                        ok = the client survives | WRONG = an assertion fails

                                  delay  drop  duplicate  truncate
                        C: GET a         ok    ok
                        S: 1      ok     ok               WRONG""");
    }

    @Test
    void leavesOutPlacesWithoutAFailure() {
        for (int i = 0; i < 1000; i++) {
            add(0, "S: " + i, Effect.STALL, i == 500 ? Verdict.HANG : Verdict.SURVIVED);
        }
        assertThat(text()).endsWith("""
                        S: 500  HANG
                        … and 999 places without a failure""");
    }
}
