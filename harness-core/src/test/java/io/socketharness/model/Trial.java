package io.socketharness.model;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.Transport;
import io.socketharness.model.Prediction.ServerEnd;
import io.socketharness.model.Verdict.Kind;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a plan with real sockets, and compares what happens with what the model expects. */
final class Trial {

    private static final Duration LONG = Duration.ofSeconds(10);
    /** Where the judge waits in vain. */
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** The same where it is also the limit of a handshake. */
    private static final Duration SHORT_TLS = Duration.ofSeconds(3);

    /** The characters of a line that are shown. */
    private static final int MOST = 300;

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "model watch");
        thread.setDaemon(true);
        return thread;
    });

    private final Plan plan;
    private final Expected expected;
    private final List<String> differences = new ArrayList<>();

    private Trial(Plan plan) {
        this.plan = plan;
        this.expected = Expected.of(plan);
    }

    /** What is not as expected, with all that there is to know about it; empty if all is. */
    static String run(Plan plan) {
        return new Trial(plan).run();
    }

    private String run() {
        ServerSpecBuilder spec = ServerSpec.builder(plan.transport().name().toLowerCase(Locale.ROOT))
                .timeout(!expected.timesOut() ? LONG : plan.transport() == Transport.TLS ? SHORT_TLS : SHORT);
        if (plan.forAll()) {
            spec.script(Script.parse(Step.text(plan.scripts().get(0))));
        }
        List<Client> clients = new ArrayList<>();
        AtomicBoolean hung = new AtomicBoolean();
        @Nullable AssertionError failure = null;
        FakeServer server = FakeServer.start(spec.build());
        Future<?> watch = WATCH.schedule(
                () -> {
                    hung.set(true);
                    server.close();
                },
                30,
                TimeUnit.SECONDS);
        try (server) {
            if (!plan.forAll()) {
                plan.scripts().forEach(script -> server.enqueue(Script.parse(Step.text(script))));
            }
            converse(server, clients);
            endByTest(server);
            failure = Found.verify(server);
            readRest(clients);
            judge(Found.in(failure));
            compare(server, clients);
        } catch (IOException failed) {
            differences.add("a client cannot connect: " + failed);
        } finally {
            watch.cancel(false);
            clients.forEach(Client::close);
        }
        if (hung.get()) {
            differences.add("it did not end within 30 s");
        }
        if (differences.isEmpty()) {
            return "";
        }
        String text = String.join("\n", differences) + "\n\n" + plan + "\nexpected " + expected + "\n\nfound "
                + (failure == null ? "no failure\n" + server.recording() : failure.getMessage());
        return text.lines().map(Trial::cut).collect(Collectors.joining("\n")) + "\n";
    }

    private static String cut(String line) {
        return line.length() > MOST ? line.substring(0, MOST) + "…" : line;
    }

    private void converse(FakeServer server, List<Client> clients) throws IOException {
        int connection = 0;
        for (ClientPlan client : plan.clients()) {
            Client one = plan.isDatagrams()
                    ? DatagramClient.connect(server)
                    : StreamClient.connect(server, client.handshake());
            clients.add(one);
            if (plan.isDatagrams() && client.sendsNothing()) {
                continue;
            }
            one.run(client, expected.scripts().get(connection++), plan.isDatagrams());
        }
    }

    private void endByTest(FakeServer server) {
        if (plan.endByTest() == ServerEnd.CLOSED) {
            server.connection(0).close();
        } else if (plan.endByTest() == ServerEnd.CLOSED_NOW) {
            server.connection(0).closeNow();
        } else if (plan.endByTest() == ServerEnd.RESET) {
            server.connection(0).reset();
        }
    }

    /** What clients that are still there get. */
    private void readRest(List<Client> clients) {
        for (int i = 0; i < expected.predictions().size(); i++) {
            if (plan.clients().get(i).end() == ClientEnd.OPEN) {
                Client client = clients.get(i);
                List<Bytes> sends = expected.predictions().get(i).sends();
                client.attempt(() -> client.read(sends));
            }
        }
    }

    private void judge(List<Found> found) {
        if (found.isEmpty()) {
            require(expected.mayPass(), "passes");
        }
        for (Found one : found) {
            Set<Verdict> right = one.connection() < 0
                    ? expected.maybeNotRun() ? Set.of(Verdict.NOT_RUN) : Set.of()
                    : expected.verdicts().get(one.connection());
            require(right.contains(one.verdict()), "verdict of connection " + one.connection() + ": " + one.verdict());
        }
    }

    private void compare(FakeServer server, List<Client> clients) {
        List<Exchange> exchanges = server.recording().exchanges();
        if (exchanges.size() != expected.predictions().size()) {
            differences.add(exchanges.size() + " connections");
            return;
        }
        for (int i = 0; i < exchanges.size(); i++) {
            Prediction prediction = expected.predictions().get(i);
            ClientPlan client = plan.clients().get(i);
            String which = "connection " + i + ": ";
            Exchange exchange = exchanges.get(i);
            List<Bytes> received = plan.isDatagrams() ? exchange.receivedDatagrams() : List.of(exchange.received());
            List<Bytes> sent = plan.isDatagrams() ? exchange.sentDatagrams() : List.of(exchange.sent());
            compareReceived(which, prediction, client, received);
            compareSent(which, prediction, client, sent);
            compareGot(which, prediction, client, sent, clients.get(i));
        }
    }

    private void compareReceived(String which, Prediction prediction, ClientPlan client, List<Bytes> received) {
        boolean all = plan.isDatagrams() || prediction.readsAll();
        if (all) {
            require(equal(received, client.pieces()), which + "received " + received);
        } else {
            require(
                    begins(received, client.pieces()) && size(received) >= prediction.taken(),
                    which + "received " + received);
        }
    }

    private void compareSent(String which, Prediction prediction, ClientPlan client, List<Bytes> sent) {
        require(begins(sent, prediction.sends()), which + "sent " + sent);
        if (client.handshake() && !client.end().isGone()) {
            int certain = prediction.mayBe(Kind.UNEXPECTED)
                    ? prediction.certain()
                    : prediction.sends().size();
            int least = size(prediction.sends().subList(0, certain));
            require(size(sent) >= least, which + "sent only " + sent);
        }
    }

    private void compareGot(String which, Prediction prediction, ClientPlan client, List<Bytes> sent, Client socket) {
        boolean mayBreak = !prediction.readsAll();
        require(mayBreak || socket.thrown() == null, which + "the client met " + socket.thrown());
        boolean mayLose = prediction.end() == ServerEnd.RESET || prediction.end() == ServerEnd.CLOSED_NOW;
        boolean stays = !client.end().isGone() && socket.thrown() == null && !mayLose;
        if (stays) {
            require(equal(socket.got(), sent), which + "the client got " + socket.got() + " of " + sent);
        } else {
            require(begins(socket.got(), sent), which + "the client got " + socket.got() + " of " + sent);
        }
    }

    private boolean equal(List<Bytes> found, List<Bytes> wanted) {
        return begins(found, wanted) && size(found) == size(wanted);
    }

    private boolean begins(List<Bytes> found, List<Bytes> wanted) {
        return plan.isDatagrams()
                ? found.size() <= wanted.size()
                        && wanted.subList(0, found.size()).equals(found)
                : ClientPlan.join(wanted).startsWith(ClientPlan.join(found));
    }

    /** In the unit of positions. */
    private int size(List<Bytes> bytes) {
        return plan.isDatagrams()
                ? bytes.size()
                : bytes.stream().mapToInt(Bytes::size).sum();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            differences.add(otherwise);
        }
    }
}
