package io.socketharness.model;

import io.socketharness.Transport;
import io.socketharness.model.ClientPlan.Pace;
import io.socketharness.model.Step.Case;
import io.socketharness.model.Step.End;
import io.socketharness.model.Step.ExpectBytes;
import io.socketharness.model.Step.ExpectLine;
import io.socketharness.model.Step.ExpectMatch;
import io.socketharness.model.Step.Forever;
import io.socketharness.model.Step.Frame;
import io.socketharness.model.Step.Leave;
import io.socketharness.model.Step.Match;
import io.socketharness.model.Step.Maybe;
import io.socketharness.model.Step.ReceiveCount;
import io.socketharness.model.Step.Repeat;
import io.socketharness.model.Step.Taking;
import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Random clients that do what a script expects, or deviate from it. */
final class ClientGenerator {

    private static final int MUCH = 10_000;

    /**
     * TCP sends so many segments at least (RFC 6928) without an acknowledgement. A RST loses what waits for one: it never
     * reaches the server.
     */
    private static final int WITHOUT_WAITING = 8;

    private final Chance chance;
    private final Transport transport;
    private final boolean datagrams;

    ClientGenerator(Chance chance, Transport transport) {
        this.chance = chance;
        this.transport = transport;
        this.datagrams = transport.isDatagrams();
    }

    ClientPlan client(List<Step> script) {
        List<Bytes> messages = new ArrayList<>();
        fit(script, Settings.INITIAL, messages);
        for (int i = chance.percent(45) ? chance.between(1, 2) : 0; i > 0; i--) {
            deviate(messages);
        }
        ClientEnd end = end();
        ClientPlan client = new ClientPlan(true, datagrams ? messages : split(messages, end), pace(), end);
        return needsReader(client, script)
                ? new ClientPlan(true, client.pieces(), Pace.READS_BEFORE_ITS_END, client.end())
                : client;
    }

    private Pace pace() {
        return chance.of(List.of(
                Pace.SENDS_ALL_AT_ONCE,
                Pace.SENDS_ALL_AT_ONCE,
                Pace.READS_BEFORE_ITS_END,
                Pace.WAITS_FOR_EACH_ANSWER,
                Pace.WAITS_FOR_EACH_ANSWER));
    }

    /** A client that stays and reads nothing would keep the server from sending much. */
    private boolean needsReader(ClientPlan client, List<Step> script) {
        return client.end() == ClientEnd.OPEN
                && client.pace() == Pace.SENDS_ALL_AT_ONCE
                && ClientPlan.join(client.predict(script, datagrams).sends()).size() > MUCH;
    }

    private ClientEnd end() {
        if (datagrams) {
            return ClientEnd.OPEN;
        }
        int kind = chance.between(0, 99);
        if (kind < 30) {
            return ClientEnd.HALF_CLOSE;
        } else if (kind < 60) {
            return ClientEnd.CLOSE;
        } else if (kind < 66) {
            return transport == Transport.TLS ? ClientEnd.CUT : ClientEnd.CLOSE;
        } else if (kind < 76) {
            // Unix sockets have none
            return transport == Transport.UNIX ? ClientEnd.CLOSE : ClientEnd.RESET;
        } else {
            return ClientEnd.OPEN;
        }
    }

    /** Adds what the steps expect; returns false if nothing behind them is reached. */
    private boolean fit(List<Step> steps, Settings outside, List<Bytes> messages) {
        Settings settings = outside;
        for (Step step : steps) {
            if (step instanceof Frame frame) {
                settings = settings.with(frame.framing());
            } else if (step instanceof Taking taking) {
                messages.add(message(taking, settings));
            } else if (step instanceof Maybe maybe) {
                if (chance.percent(50) && !fit(maybe.body(), settings, messages)) {
                    return false;
                }
            } else if (step instanceof Repeat repeat) {
                for (int i = 0; i < repeat.times(); i++) {
                    if (!fit(repeat.body(), settings, messages)) {
                        return false;
                    }
                }
            } else if (step instanceof Forever forever) {
                for (int i = chance.between(0, 3); i > 0 && fit(forever.body(), settings, messages); i--) {
                    // another round
                }
                return false;
            } else if (step instanceof Match match) {
                fitMatch(match, settings, messages);
            } else if (step instanceof Leave) {
                return false;
            } else if (step instanceof End end && end != End.HALF_CLOSE) {
                if (chance.percent(50)) {
                    messages.add(chance.bytes(1, 10));
                }
                return false;
            }
        }
        return true;
    }

    private void fitMatch(Match match, Settings settings, List<Bytes> messages) {
        for (int i = chance.between(0, 2); i > 0; i--) {
            Case one = chance.of(match.cases());
            if (one.leaves()) {
                break;
            }
            fitCase(one, settings, messages);
        }
        match.cases().stream().filter(Case::leaves).findFirst().ifPresent(one -> fitCase(one, settings, messages));
    }

    private void fitCase(Case one, Settings settings, List<Bytes> messages) {
        if (one.otherwise()) {
            messages.add(any(settings));
        }
        fit(one.body(), settings, messages);
    }

    private Bytes message(Taking taking, Settings settings) {
        if (taking instanceof ExpectLine expected) {
            return line(expected.text());
        } else if (taking instanceof ExpectMatch expected) {
            return line(chance.of(expected.samples()));
        } else if (taking instanceof ExpectBytes expected) {
            return settings.framing().frame(expected.bytes());
        } else if (taking instanceof ReceiveCount receive) {
            return chance.bytes(receive.count(), receive.count() + (datagrams ? 2 : 0));
        } else {
            return any(settings);
        }
    }

    private Bytes any(Settings settings) {
        return settings.isFramed()
                ? settings.framing().frame(Bytes.ofText("any"))
                : line(chance.of(List.of("any", "", "A", "QUIT")));
    }

    private Bytes line(String text) {
        return Bytes.ofText(text + (datagrams ? "" : chance.percent(70) ? "\r\n" : "\n"));
    }

    private void deviate(List<Bytes> messages) {
        int kind = chance.between(0, 5);
        int at = messages.isEmpty() ? 0 : chance.between(0, messages.size() - 1);
        if (messages.isEmpty() || kind == 0) {
            messages.add(chance.percent(50) ? line(chance.of(List.of("A", "JUNK", "QUIT"))) : chance.bytes(1, 5));
        } else if (kind == 1) {
            messages.remove(at);
        } else if (kind == 2) {
            messages.add(at, messages.get(at));
        } else if (kind == 3) {
            messages.subList(at, messages.size()).clear();
        } else if (kind == 4) {
            Bytes last = messages.remove(messages.size() - 1);
            messages.add(last.slice(0, Math.max(0, last.size() - chance.between(1, 3))));
        } else {
            messages.set(at, changed(messages.get(at)));
        }
    }

    private Bytes changed(Bytes message) {
        byte[] bytes = message.toByteArray();
        if (bytes.length > 0) {
            bytes[chance.between(0, bytes.length - 1)] ^= (byte) (1 << chance.between(0, 7));
        }
        return Bytes.of(bytes);
    }

    /** Into one piece for each message, or one for all, or other pieces. */
    private List<Bytes> split(List<Bytes> messages, ClientEnd end) {
        Bytes all = ClientPlan.join(messages);
        if (all.isEmpty()) {
            return List.of();
        }
        int kind = chance.between(0, 3);
        if (kind == 0) {
            return List.of(all);
        } else if (kind == 1) {
            return few(messages.stream().filter(message -> !message.isEmpty()).toList(), end);
        }
        int most = kind == 2 ? 1 : 8;
        List<Bytes> pieces = new ArrayList<>();
        for (int from = 0, to; from < all.size(); from = to) {
            to = Math.min(all.size(), from + chance.between(1, most));
            pieces.add(all.slice(from, to));
        }
        return few(pieces, end);
    }

    private List<Bytes> few(List<Bytes> pieces, ClientEnd end) {
        if (transport == Transport.UNIX || !end.isGone() || pieces.size() <= WITHOUT_WAITING) {
            return pieces;
        }
        List<Bytes> few = new ArrayList<>(pieces.subList(0, WITHOUT_WAITING - 1));
        few.add(ClientPlan.join(pieces.subList(WITHOUT_WAITING - 1, pieces.size())));
        return few;
    }
}
