package io.socketharness.model;

import io.socketharness.Transport;
import io.socketharness.internal.script.engine.ScriptRequirements;
import io.socketharness.model.Step.Batch;
import io.socketharness.model.Step.Case;
import io.socketharness.model.Step.Delay;
import io.socketharness.model.Step.Drip;
import io.socketharness.model.Step.End;
import io.socketharness.model.Step.EndOfLine;
import io.socketharness.model.Step.ExpectBytes;
import io.socketharness.model.Step.ExpectLine;
import io.socketharness.model.Step.ExpectMatch;
import io.socketharness.model.Step.Forever;
import io.socketharness.model.Step.Frame;
import io.socketharness.model.Step.Leave;
import io.socketharness.model.Step.Match;
import io.socketharness.model.Step.Maybe;
import io.socketharness.model.Step.Receive;
import io.socketharness.model.Step.ReceiveCount;
import io.socketharness.model.Step.Repeat;
import io.socketharness.model.Step.SendBytes;
import io.socketharness.model.Step.SendLine;
import io.socketharness.model.Step.Taking;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;

/** Random scripts, each of which the transport can do. */
final class ScriptGenerator {

    private static final List<String> WORDS = List.of("A", "B", "AB", "PING", "QUIT", "NOOP", "x y", "PINGS");

    private static final List<ExpectMatch> PATTERNS = List.of(
            new ExpectMatch("P.*", List.of("PING", "P", "PINGS")),
            new ExpectMatch("GET \\d+", List.of("GET 1", "GET 42")),
            new ExpectMatch("(?<word>\\w+)", List.of("A", "NOOP", "w0rd")));

    private static final Bytes BIG = Bytes.ofText("0123456789abcdef".repeat(20_000));

    private final Chance chance;
    private final Transport transport;
    private final boolean datagrams;
    /** Makes each answer another one. */
    private int answers;

    private boolean drips;

    ScriptGenerator(Chance chance, Transport transport) {
        this.chance = chance;
        this.transport = transport;
        this.datagrams = transport.isDatagrams();
    }

    List<Step> script() {
        List<Step> steps = new ArrayList<>();
        if (chance.percent(35)) {
            steps.add(send(Settings.INITIAL));
        }
        Settings settings = steps(steps, Settings.INITIAL, chance.between(1, 4), 2);
        last(steps, settings);
        boolean isRefused = datagrams
                && !transport.isSecure()
                && ScriptRequirements.sendsFirst(Script.parse(Step.text(steps))).isPresent();
        if (isRefused) {
            steps.add(0, taking(Settings.INITIAL));
        }
        return steps;
    }

    private Settings steps(List<Step> steps, Settings outside, int count, int depth) {
        Settings settings = outside;
        for (int i = 0; i < count; i++) {
            int kind = chance.between(0, 99);
            if (kind < 4 && !datagrams) {
                steps.add(batch(settings));
            } else if (kind < 34) {
                steps.add(send(settings));
            } else if (kind < 68) {
                steps.add(taking(settings));
            } else if (kind < 75) {
                steps.add(depth > 0 ? maybe(settings, depth) : taking(settings));
            } else if (kind < 81) {
                steps.add(depth > 0 ? repeat(settings, depth) : send(settings));
            } else if (kind < 86) {
                steps.add(depth > 0 ? match(settings, depth, true) : taking(settings));
            } else if (kind < 90) {
                steps.add(new Delay(chance.between(0, 4)));
            } else {
                settings = setting(steps, settings);
            }
        }
        return settings;
    }

    private Settings setting(List<Step> steps, Settings settings) {
        int kind = chance.between(0, 9);
        if (kind < 2) {
            EndOfLine eol = new EndOfLine(chance.of(List.of(Settings.Eol.LF, Settings.Eol.NONE)));
            steps.add(eol);
            return settings.with(eol.eol());
        } else if (datagrams) {
            return settings;
        } else if (kind < 4) {
            drips = true;
            steps.add(new Drip(chance.between(1, 5), chance.between(0, 500)));
            return settings;
        } else {
            Frame frame = new Frame(chance.of(List.of(Framing.values())));
            steps.add(frame);
            return settings.with(frame.framing());
        }
    }

    /** What only the last step can be, or is of interest there. */
    private void last(List<Step> steps, Settings settings) {
        int kind = chance.between(0, 99);
        if (kind < 7) {
            steps.add(!datagrams && chance.percent(40) ? End.CLOSE_NOW : End.CLOSE);
        } else if (kind < 10 && transport == Transport.TCP) {
            steps.add(End.RESET);
        } else if (kind < 12) {
            steps.add(End.STALL);
        } else if (kind < 15) {
            steps.add(End.DISCARD);
        } else if (kind < 22 && !datagrams) {
            steps.add(End.HALF_CLOSE);
            if (chance.percent(30)) {
                steps.add(taking(settings));
            }
        } else if (kind < 25) {
            steps.add(new EndOfLine(Settings.Eol.LF));
        } else if (kind < 28) {
            steps.add(new Delay(150));
        } else if (kind < 36) {
            if (chance.percent(20)) {
                steps.add(new Delay(100));
            }
            steps.add(forever(settings));
        } else if (kind < 42) {
            steps.add(match(settings, 1, false));
        }
    }

    private Batch batch(Settings settings) {
        List<Step> body = new ArrayList<>();
        for (int i = chance.between(1, 3); i > 0; i--) {
            if (chance.percent(20)) {
                body.add(new EndOfLine(chance.of(List.of(Settings.Eol.values()))));
            }
            body.add(send(settings));
        }
        return new Batch(body);
    }

    private Step send(Settings settings) {
        String text = "r" + answers++ + (chance.percent(20) ? " " + chance.of(WORDS) : "");
        if (chance.percent(settings.isFramed() ? 25 : 60)) {
            return new SendLine(text);
        }
        if (!datagrams && !settings.isFramed() && !drips && chance.percent(3)) {
            return new SendBytes(BIG, false);
        }
        return chance.percent(50)
                ? new SendBytes(Bytes.ofText(text + (chance.percent(30) ? "\n" : "")), false)
                : new SendBytes(ClientPlan.join(List.of(Bytes.ofText(text), chance.bytes(0, 4))), true);
    }

    private Taking taking(Settings settings) {
        int kind = chance.between(0, 99);
        if (kind < 8) {
            return new ReceiveCount(chance.between(1, 5));
        }
        return kind < 18 ? new Receive() : expecting(settings);
    }

    private Taking expecting(Settings settings) {
        int kind = chance.between(0, 99);
        if (!settings.isFramed() && kind < 55 || kind < 15) {
            return kind % 4 == 0 ? chance.of(PATTERNS) : new ExpectLine(chance.of(WORDS));
        }
        return expectingBytes(settings);
    }

    private ExpectBytes expectingBytes(Settings settings) {
        return chance.percent(50)
                ? new ExpectBytes(Bytes.ofText(chance.of(WORDS) + (settings.isFramed() ? "" : "\n")), false)
                : new ExpectBytes(chance.bytes(1, 4), true);
    }

    private Maybe maybe(Settings settings, int depth) {
        List<Step> body = new ArrayList<>(List.of(taking(settings)));
        steps(body, settings, chance.between(0, 2), depth - 1);
        return new Maybe(body);
    }

    private Repeat repeat(Settings settings, int depth) {
        List<Step> body = new ArrayList<>();
        steps(body, settings, chance.between(1, 2), depth - 1);
        if (body.isEmpty()) {
            body.add(taking(settings));
        }
        return new Repeat(chance.between(1, 3), body);
    }

    /** Rounds of it always take something: else it would go on for ever. */
    private Forever forever(Settings settings) {
        List<Step> body = new ArrayList<>();
        if (chance.percent(25)) {
            body.add(maybe(settings, 1));
            if (chance.percent(50)) {
                body.add(maybe(settings, 1));
            }
            return new Forever(body);
        }
        if (chance.percent(25)) {
            body.add(send(settings));
        }
        if (chance.percent(20)) {
            body.add(maybe(settings, 1));
        }
        body.add(taking(settings));
        steps(body, settings, chance.between(0, 2), 1);
        return new Forever(body);
    }

    private Match match(Settings settings, int depth, boolean leaves) {
        List<Case> cases = new ArrayList<>();
        int count = chance.between(1, 3);
        for (int i = 0; i < count; i++) {
            cases.add(body(whole(settings), settings, depth, leaves && i == 0));
        }
        if (chance.percent(25)) {
            cases.add(
                    chance.percent(50)
                            ? body(new Receive(), settings, depth, false)
                            : new Case(true, new ArrayList<>(List.of(send(settings)))));
        }
        return new Match(cases);
    }

    private Case body(Taking first, Settings settings, int depth, boolean leaves) {
        List<Step> body = new ArrayList<>(List.of(first));
        steps(body, settings, chance.between(0, 2), depth - 1);
        if (leaves) {
            body.add(new Leave());
        }
        return new Case(false, body);
    }

    /** A step that takes a whole message of the framing, or a line. */
    private Taking whole(Settings settings) {
        if (settings.isFramed() || datagrams) {
            return expectingBytes(settings);
        }
        return chance.percent(30) ? chance.of(PATTERNS) : new ExpectLine(chance.of(WORDS));
    }
}
