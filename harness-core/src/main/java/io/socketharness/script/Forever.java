package io.socketharness.script;

import java.util.List;

/** Runs a block until the client closes where a round begins. */
record Forever(Script body) implements Step {

    Forever {
        Blocks.requireSteps("forever", body);
        if (body.steps().stream().allMatch(s -> s instanceof Setting)) {
            throw new IllegalArgumentException(
                    "forever holds settings alone; a step that sends, receives or waits is needed");
        }
    }

    @Override
    public void run(Connection connection) throws Exception {
        Input input = connection.input();
        Progress progress = connection.conversation().progress();
        Progress.Frame frame = progress.top();
        Settings settings = connection.settings();
        while (!connection.conversation().isClosed()) {
            long round = input.position();
            try {
                body.run(connection, round, false);
            } catch (EndOfInput end) {
                if (end.partial() > 0 || input.position() != round) {
                    throw end;
                }
                break;
            } catch (ClientGone gone) {
                if (input.position() != round) {
                    throw gone;
                }
                break;
            }
            if (input.position() == round) {
                if (input.isAtEnd()) {
                    break;
                }
                goOnWithoutInput(connection);
            }
        }
        progress.backTo(frame);
        connection.settings(settings);
    }

    /** The round took nothing: the next one must not be the same for ever. */
    private void goOnWithoutInput(Connection connection) {
        if (connection.conversation().isStopped()) {
            throw new ServerClosed();
        }
        if (connection.input().hasUnread()
                && body.steps().stream().allMatch(s -> s instanceof Maybe || s instanceof Setting)) {
            throw new ExpectationFailed("no @maybe of the block takes what the client sent\n\nreceived  "
                    + connection.conversation().unreadText());
        }
    }

    @Override
    public Duty duty() {
        return Duty.TAKES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@forever", body);
    }
}
