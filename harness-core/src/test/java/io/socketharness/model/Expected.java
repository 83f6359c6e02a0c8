package io.socketharness.model;

import io.socketharness.Transport;
import io.socketharness.model.Verdict.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a plan comes to: which connection gets which script, and what becomes of it.
 *
 * @param scripts of each connection
 * @param predictions of each connection
 * @param verdicts those that are right for each connection, as the judge of the whole server sees it
 * @param notRun whether a script is left that no connection has used up
 * @param maybeNotRun whether that may be so
 */
record Expected(
        List<List<Step>> scripts,
        List<Prediction> predictions,
        List<Set<Verdict>> verdicts,
        boolean notRun,
        boolean maybeNotRun) {

    static Expected of(Plan plan) {
        List<List<Step>> scripts = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        List<Set<Verdict>> verdicts = new ArrayList<>();
        List<ClientPlan> clients = plan.isDatagrams()
                ? plan.clients().stream().filter(c -> !c.sendsNothing()).toList()
                : plan.clients();
        int usedUp = 0;
        boolean maybeNotRun = false;
        for (ClientPlan client : clients) {
            List<Step> script = plan.scripts().get(plan.forAll() ? 0 : usedUp);
            Prediction prediction = client.predict(script, plan.isDatagrams());
            if (plan.endByTest() != Prediction.ServerEnd.NONE) {
                prediction = prediction.endedByTest(plan.endByTest());
            }
            scripts.add(script);
            predictions.add(prediction);
            Set<Verdict> right = new LinkedHashSet<>(prediction.verdicts());
            if (isProbe(plan, client, prediction)) {
                if (plan.forAll()) {
                    // it is excused if another connection runs the script
                    if (clients.stream().anyMatch(other -> !isProbe(plan, other, other.predict(script, false)))) {
                        right = Set.of(Verdict.PASSES);
                    }
                } else if (!client.handshake() || prediction.sends().isEmpty()) {
                    right = Set.of(Verdict.PASSES);
                    usedUp--;
                } else if (client.end().isGone() && !reads(client, script)) {
                    // whether the first send was in time is for the network to decide
                    maybeNotRun = true;
                    right.add(Verdict.PASSES);
                }
            }
            usedUp++;
            verdicts.add(right);
        }
        boolean notRun =
                plan.forAll() ? clients.isEmpty() : usedUp < plan.scripts().size();
        return new Expected(scripts, predictions, verdicts, notRun, notRun || maybeNotRun);
    }

    /** Whether a client opens the connection and leaves it without a byte, though the script expects something. */
    private static boolean isProbe(Plan plan, ClientPlan client, Prediction prediction) {
        boolean speaks = plan.transport() == Transport.TLS && client.handshake();
        return !plan.isDatagrams()
                && client.sendsNothing()
                && client.end() != ClientEnd.OPEN
                && !speaks
                && prediction.mayBe(Kind.ENDED);
    }

    /** Whether a client that sends nothing gets something of the server before it leaves. */
    private static boolean reads(ClientPlan client, List<Step> script) {
        return client.pace() != ClientPlan.Pace.SENDS_ALL_AT_ONCE
                && !client.answers(script, 0, false).isEmpty();
    }

    /** Whether the judge waits for the whole timeout. */
    boolean timesOut() {
        return maybeNotRun || predictions.stream().anyMatch(p -> p.mayBe(Kind.TIMED_OUT));
    }

    boolean mayPass() {
        return !notRun && verdicts.stream().allMatch(right -> right.contains(Verdict.PASSES));
    }

    @Override
    public String toString() {
        return "verdicts " + verdicts
                + (notRun ? ", a script is not run" : maybeNotRun ? ", a script may be not run" : "");
    }
}
