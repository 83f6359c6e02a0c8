package io.socketharness.model;

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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a script makes of all that a client sends, and of how the client ends. It knows no time, thread or socket, since
 * none of them decides a verdict: all that a client sent before its end is received and held against the script, a send to
 * a client that has gone is passed over, and what the script cannot take is unexpected.
 */
final class Model {

    /** A block being run, and where in it. */
    private static final class Block {
        final List<Step> steps;
        /** Where the input stood when this round of {@code @forever} began; -1 for other blocks. */
        final int roundStart;
        /** Whether it is to be run again. */
        final boolean again;

        int index;

        Block(List<Step> steps, int first, int roundStart, boolean again) {
            this.steps = steps;
            this.index = first;
            this.roundStart = roundStart;
            this.again = again;
        }

        Step step() {
            return steps.get(index);
        }
    }

    /** The conversation is over, with a verdict. */
    private static final class Over extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Verdict verdict;

        Over(Verdict verdict) {
            super(verdict.toString(), null, false, false);
            this.verdict = verdict;
        }
    }

    /** The client has ended where the step at this place takes a message. */
    private static final class Ended extends Exception {

        private static final long serialVersionUID = 1;

        private final String place;
        private final boolean partial;

        Ended(String place, boolean partial) {
            super(place, null, false, false);
            this.place = place;
            this.partial = partial;
        }
    }

    /** {@code @leave} */
    private static final class Left extends Exception {

        private static final long serialVersionUID = 1;

        Left() {
            super("@leave", null, false, false);
        }
    }

    private final boolean datagrams;
    private final Input input;
    private final ClientEnd clientEnd;
    /** The blocks being run, the outermost first. */
    private final List<Block> blocks = new ArrayList<>();

    private final List<Bytes> sends = new ArrayList<>();
    private int certain;
    private Prediction.ServerEnd serverEnd = Prediction.ServerEnd.NONE;
    /** The sends that a client which has gone may not get, where nothing that it sent is left to take. */
    private final Set<Verdict> sendsInVain = new LinkedHashSet<>();

    private Model(Input input, ClientEnd clientEnd) {
        this.datagrams = input instanceof DatagramInput;
        this.input = input;
        this.clientEnd = clientEnd;
    }

    static Prediction predict(List<Step> script, Input input, ClientEnd clientEnd) {
        return new Model(input, clientEnd).run(script);
    }

    private Prediction run(List<Step> script) {
        Set<Verdict> verdicts = new LinkedHashSet<>();
        try {
            block(new Block(script, 0, -1, false), Settings.INITIAL);
            verdicts.add(input.isUsedUp() ? Verdict.PASSES : Verdict.UNEXPECTED);
        } catch (Over over) {
            verdicts.add(over.verdict);
        } catch (Ended ended) {
            verdicts.add(new Verdict(Verdict.Kind.ENDED, ended.place));
            verdicts.addAll(sendsInVain);
        } catch (Left outsideOfMatch) {
            throw new IllegalStateException(outsideOfMatch);
        }
        return new Prediction(verdicts, sends, certain, input.position(), serverEnd);
    }

    private void block(Block block, Settings outside) throws Over, Ended, Left {
        Settings settings = outside;
        blocks.add(block);
        while (block.index < block.steps.size()) {
            settings = step(block.step(), settings);
            block.index++;
        }
        blocks.remove(blocks.size() - 1);
    }

    /** Does a step; returns the settings for those behind it. */
    private Settings step(Step step, Settings settings) throws Over, Ended, Left {
        if (step instanceof EndOfLine set) {
            return settings.with(set.eol());
        } else if (step instanceof Frame set) {
            return settings.with(set.framing());
        } else if (step instanceof SendLine || step instanceof SendBytes) {
            send(bytes(step, settings));
        } else if (step instanceof Batch batch) {
            send(joined(batch, settings));
        } else if (step instanceof Taking taking) {
            if (!taking.accepts(take(taking, settings, true))) {
                throw mismatch();
            }
        } else if (step instanceof Maybe maybe) {
            maybe(maybe, settings);
        } else if (step instanceof Repeat repeat) {
            for (int round = 1; round <= repeat.times(); round++) {
                boolean again = round < repeat.times() && repeat.body().stream().anyMatch(Model::isOutstanding);
                block(new Block(repeat.body(), 0, -1, again), settings);
            }
        } else if (step instanceof Forever forever) {
            forever(forever, settings);
        } else if (step instanceof Match match) {
            match(match, settings);
        } else if (step instanceof Leave) {
            throw new Left();
        } else if (step instanceof End end) {
            end(end);
        } else if (!(step instanceof Delay || step instanceof Drip)) {
            throw new IllegalStateException("the model has no " + step);
        }
        return settings;
    }

    private Bytes bytes(Step send, Settings settings) {
        if (send instanceof SendLine line) {
            return datagrams ? Bytes.ofText(line.text()) : settings.eol().line(line.text());
        }
        return settings.framing().frame(((SendBytes) send).bytes());
    }

    private Bytes joined(Batch batch, Settings outside) {
        Settings settings = outside;
        List<Bytes> all = new ArrayList<>();
        for (Step step : batch.body()) {
            if (step instanceof EndOfLine set) {
                settings = settings.with(set.eol());
            } else {
                all.add(bytes(step, settings));
            }
        }
        return ClientPlan.join(all);
    }

    private void send(Bytes bytes) {
        sends.add(bytes);
        if (clientEnd.isGone() && input.isUsedUp()) {
            sendsInVain.add(new Verdict(Verdict.Kind.NOT_SENT, place()));
        }
    }

    private Bytes take(Taking step, Settings settings, boolean outstanding) throws Over, Ended {
        int before = input.position();
        try {
            Bytes message = read(step, settings);
            certain = sends.size();
            return message;
        } catch (Input.Lacking lacking) {
            input.position(before);
            throw lacks(outstanding, lacking.isPartial());
        }
    }

    private Bytes read(Taking step, Settings settings) throws Input.Lacking {
        if (step instanceof ReceiveCount receive) {
            return input.exactly(receive.count());
        } else if (step instanceof ExpectLine || step instanceof ExpectMatch) {
            return input.line();
        } else if (settings.isFramed()) {
            return input.message(settings.framing());
        } else if (step instanceof ExpectBytes expected) {
            return input.upToDifference(expected.bytes());
        } else {
            return input.line();
        }
    }

    /**
     * A message that is to be taken now is not there: the client has ended, or the server waits for it when it is judged.
     *
     * @param outstanding whether the step must get it
     */
    private Ended lacks(boolean outstanding, boolean partial) throws Over {
        if (clientEnd != ClientEnd.OPEN) {
            return new Ended(place(), partial);
        }
        boolean fails = partial || isOutstandingNow(outstanding);
        throw new Over(fails ? new Verdict(Verdict.Kind.TIMED_OUT, place()) : Verdict.PASSES);
    }

    /** A client may stop where a round of {@code @forever} begins, and nowhere else before a step that must be done. */
    private boolean isOutstandingNow(boolean current) {
        boolean outstanding = current;
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            if (block.roundStart == input.position()) {
                outstanding = false;
            } else {
                List<Step> later = block.steps.subList(block.index + 1, block.steps.size());
                outstanding |= block.again || later.stream().anyMatch(Model::isOutstanding);
            }
        }
        return outstanding;
    }

    /** Whether a step must be done: one that sends or expects, or repeats such a one. */
    private static boolean isOutstanding(Step step) {
        return step instanceof SendLine
                || step instanceof SendBytes
                || step instanceof Batch
                || step instanceof Taking
                || step instanceof Repeat repeat && repeat.body().stream().anyMatch(Model::isOutstanding);
    }

    private void maybe(Maybe maybe, Settings settings) throws Over, Ended, Left {
        int before = input.position();
        Taking first = (Taking) maybe.body().get(0);
        boolean comes;
        try {
            comes = first.accepts(take(first, settings, false));
        } catch (Ended declined) {
            comes = false;
        }
        if (comes) {
            block(new Block(maybe.body(), 1, -1, false), settings);
        } else {
            input.position(before);
        }
    }

    private void forever(Forever forever, Settings settings) throws Over, Ended, Left {
        int depth = blocks.size();
        while (true) {
            int start = input.position();
            try {
                block(new Block(forever.body(), 0, start, false), settings);
            } catch (Ended ended) {
                if (ended.partial || input.position() != start) {
                    throw ended;
                }
                backTo(depth);
                return;
            }
            if (input.position() == start) {
                if (!input.isUsedUp()) {
                    throw mismatch();
                }
                if (clientEnd == ClientEnd.OPEN) {
                    throw new IllegalStateException("an endless round: " + forever);
                }
                return;
            }
        }
    }

    private void match(Match match, Settings settings) throws Over, Ended, Left {
        int depth = blocks.size();
        while (true) {
            if (input.isUsedUp() && clientEnd != ClientEnd.OPEN) {
                return;
            }
            Bytes message = take(new Receive(), settings, false);
            Case taker = taker(match, message);
            if (taker == null) {
                throw mismatch();
            }
            try {
                block(new Block(taker.body(), taker.otherwise() ? 0 : 1, -1, false), settings);
            } catch (Left left) {
                backTo(depth);
                return;
            }
        }
    }

    private static @Nullable Case taker(Match match, Bytes message) {
        for (Case one : match.cases()) {
            if (one.accepts(message)) {
                return one;
            }
        }
        return null;
    }

    private void end(End end) throws Over {
        switch (end) {
            case HALF_CLOSE -> {}
            case CLOSE -> {
                serverEnd = Prediction.ServerEnd.CLOSED;
                throw new Over(Verdict.PASSES);
            }
            case CLOSE_NOW -> {
                serverEnd = Prediction.ServerEnd.CLOSED_NOW;
                throw new Over(Verdict.PASSES);
            }
            case RESET -> {
                serverEnd = Prediction.ServerEnd.RESET;
                throw new Over(Verdict.PASSES);
            }
            case STALL, DISCARD -> {
                input.position(input.size());
                if (clientEnd == ClientEnd.OPEN) {
                    throw new Over(Verdict.PASSES);
                }
            }
        }
    }

    private Over mismatch() {
        return new Over(new Verdict(Verdict.Kind.MISMATCH, place()));
    }

    private void backTo(int depth) {
        blocks.subList(depth, blocks.size()).clear();
    }

    /** Such as {@code step 2 of 5, in it step 1 of 2}. */
    private String place() {
        List<String> places = new ArrayList<>();
        for (Block block : blocks) {
            places.add("step " + (block.index + 1) + " of " + block.steps.size());
        }
        return String.join(", in it ", places);
    }
}
