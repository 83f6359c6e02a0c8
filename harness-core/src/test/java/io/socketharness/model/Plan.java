package io.socketharness.model;

import io.socketharness.Transport;
import java.util.ArrayList;
import java.util.List;

/**
 * A server and its clients.
 *
 * @param transport of the server
 * @param forAll whether its one script serves every connection; else each of its scripts serves one
 * @param scripts what the server does
 * @param clients in the order in which they come, each when the one before has done what it does before the judgement
 * @param endByTest how the test ends the one connection then, if it does
 */
record Plan(
        Transport transport,
        boolean forAll,
        List<List<Step>> scripts,
        List<ClientPlan> clients,
        Prediction.ServerEnd endByTest) {

    Plan(Transport transport, boolean forAll, List<List<Step>> scripts, List<ClientPlan> clients) {
        this(transport, forAll, scripts, clients, Prediction.ServerEnd.NONE);
    }

    boolean isDatagrams() {
        return transport.isDatagrams();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (List<Step> script : scripts) {
            parts.add(
                    (forAll ? "script" : "enqueued") + "\n" + Step.text(script).indent(4));
        }
        for (int i = 0; i < clients.size(); i++) {
            parts.add("client " + i + " " + clients.get(i) + "\n");
        }
        return transport + "\n" + String.join("", parts)
                + (endByTest == Prediction.ServerEnd.NONE ? "" : "the test ends the connection: " + endByTest + "\n");
    }
}
