package io.socketharness.script;

import java.util.List;

/** Runs a block so many times. */
record Repeat(int times, Script body) implements Step {

    Repeat {
        if (times < 1) {
            throw new IllegalArgumentException("repeat " + times + " times; at least 1 is needed");
        }
        Blocks.requireSteps("repeat", body);
        if (times > 1 && body.isEndless()) {
            throw new IllegalArgumentException("repeat " + times + " times: the block's last step does not end");
        }
    }

    @Override
    public void run(Connection connection) throws Exception {
        boolean owed = body.duty().isOwed();
        for (int left = times - 1; left >= 0; left--) {
            body.run(connection, -1, owed && left > 0);
        }
    }

    @Override
    public Duty duty() {
        return body.duty();
    }

    @Override
    public boolean isEndless() {
        return body.isEndless();
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@repeat " + times, body);
    }
}
