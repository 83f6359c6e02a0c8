package io.socketharness.model;

import io.socketharness.Transport;
import java.util.ArrayList;
import java.util.List;

/** A random plan for each seed. */
final class PlanGenerator {

    private final Chance chance;
    private final Transport transport;
    private final ScriptGenerator scripts;
    private final ClientGenerator clients;

    private PlanGenerator(Transport transport, long seed) {
        this.chance = new Chance(seed);
        this.transport = transport;
        this.scripts = new ScriptGenerator(chance, transport);
        this.clients = new ClientGenerator(chance, transport);
    }

    static Plan plan(Transport transport, long seed) {
        PlanGenerator generator = new PlanGenerator(transport, seed);
        while (true) {
            Plan plan = generator.plan();
            // the judge waits long where something is outstanding: few of those
            if (isDecidable(plan) && (!Expected.of(plan).timesOut() || generator.chance.percent(15))) {
                return plan;
            }
        }
    }

    private Plan plan() {
        List<Step> script = scripts.script();
        int kind = chance.between(0, 99);
        if (kind < 80) {
            Plan plan = new Plan(transport, chance.percent(50), List.of(script), List.of(clients.client(script)));
            return chance.percent(15) && isWaiting(plan) ? endedByTest(plan) : plan;
        } else if (kind < 87) {
            return new Plan(transport, true, List.of(script), List.of(clients.client(script), clients.client(script)));
        } else if (kind < 94 || transport.isDatagrams()) {
            List<Step> second = scripts.script();
            return new Plan(
                    transport, false, List.of(script, second), List.of(clients.client(script), clients.client(second)));
        } else {
            List<ClientPlan> all = new ArrayList<>(List.of(ClientPlan.probe(), clients.client(script)));
            if (chance.percent(30)) {
                all.add(0, ClientPlan.probe());
            }
            return new Plan(transport, chance.percent(50), List.of(script), all);
        }
    }

    /** Whether the server and the client are still there, and neither does anything, when the client has done what it does. */
    private static boolean isWaiting(Plan plan) {
        ClientPlan client = plan.clients().get(0);
        Prediction prediction = client.predict(plan.scripts().get(0), plan.isDatagrams());
        return client.end() == ClientEnd.OPEN
                && client.pace() != ClientPlan.Pace.SENDS_ALL_AT_ONCE
                && !client.sendsNothing()
                && prediction.end() == Prediction.ServerEnd.NONE
                && (prediction.passes() || prediction.mayBe(Verdict.Kind.TIMED_OUT));
    }

    private Plan endedByTest(Plan plan) {
        boolean canReset = transport == Transport.TCP || transport == Transport.TLS;
        Prediction.ServerEnd end = canReset && chance.percent(50)
                ? Prediction.ServerEnd.RESET
                : !transport.isDatagrams() && chance.percent(30)
                        ? Prediction.ServerEnd.CLOSED_NOW
                        : Prediction.ServerEnd.CLOSED;
        return new Plan(transport, plan.forAll(), plan.scripts(), plan.clients(), end);
    }

    /** Whether it is clear which script each connection gets. */
    static boolean isDecidable(Plan plan) {
        if (plan.clients().size() == 1) {
            return true;
        }
        boolean datagramless = plan.isDatagrams() && plan.clients().stream().anyMatch(ClientPlan::sendsNothing);
        return !datagramless
                && (plan.forAll() || plan.scripts().size() == 1 ? areProbes(plan) : eachUsesItsScript(plan));
    }

    /** Health checks are of interest where the script expects something before it sends. */
    private static boolean areProbes(Plan plan) {
        return plan.clients().stream()
                .filter(client -> !client.handshake())
                .map(probe -> probe.predict(plan.scripts().get(0), plan.isDatagrams()))
                .allMatch(prediction -> prediction.mayBe(Verdict.Kind.ENDED)
                        && prediction.sends().isEmpty());
    }

    private static boolean eachUsesItsScript(Plan plan) {
        Expected expected = Expected.of(plan);
        return !expected.maybeNotRun();
    }
}
