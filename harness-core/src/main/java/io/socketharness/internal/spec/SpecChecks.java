package io.socketharness.internal.spec;

import io.socketharness.ConversationMode;
import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.internal.network.Condition;
import io.socketharness.internal.network.Medium;
import io.socketharness.internal.script.engine.ScriptRequirements;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses what a transport does not support, with the reason, before anything is started. */
public final class SpecChecks {

    /** A parsed script knows them over every transport, because it may run on any. */
    private static final Set<String> NAMES_OF_PORTS = Set.of("host", "port", "address", "client.port");

    private SpecChecks() {}

    public static void check(ServerSpec spec) {
        Transport transport = spec.transport();
        if (spec.conversation() == ConversationMode.ONE && !transport.isDatagrams()) {
            throw new IllegalArgumentException("conversation ONE is for datagrams; over " + transport
                    + " each connection is its own conversation");
        }
        TlsSettings tls = spec.tls();
        if (transport.isDatagrams() && !transport.isSecure() && !tls.equals(TlsSettings.defaults())) {
            throw new IllegalArgumentException(
                    "TLS settings are for streams and dtls, and have no effect over " + transport);
        }
        if (!spec.properties().isEmpty()) {
            new PropertyTemplates(spec.properties()).check(transport);
        }
        if (transport.isUnix() && (spec.port() != 0 || !spec.host().equals(ServerSpec.DEFAULT_HOST))) {
            throw new IllegalArgumentException("host and port are for other transports; over " + transport
                    + " a server has a path, such as /run/x.sock, or no path for a private socket");
        }
        for (String protocol : tls.protocols()) {
            if (protocol.startsWith("D") != transport.isDatagrams()) {
                throw new IllegalArgumentException(protocol + " is not available over " + transport);
            }
        }
        if (spec.conversation() == ConversationMode.ONE && transport == Transport.DTLS) {
            throw new IllegalArgumentException(
                    "conversation ONE is for udp; over dtls each client has its own session");
        }
        if (spec.receiveBuffer() != 0 && (transport.isDatagrams() || transport.isUnix())) {
            throw new IllegalArgumentException("receiveBuffer is for tcp and tls; over " + transport
                    + (transport.isDatagrams()
                            ? " the system discards datagrams that do not fit: use a network condition such as drop"
                            : " it has no effect, see unix(7): the client's SO_SNDBUF limits what it can send"));
        }
        if (!spec.network().isEmpty()) {
            check(transport, spec.network());
            if (spec.seed() == 0) {
                SeedProperty.check();
            }
        }
        for (Script script : scripts(spec)) {
            check(transport, script);
        }
        checkThatTlsCanBegin(spec);
    }

    private static List<Script> scripts(ServerSpec spec) {
        if (spec.script().isEmpty()) {
            return spec.scripts();
        }
        List<Script> scripts = new ArrayList<>();
        scripts.add(spec.script().get());
        scripts.addAll(spec.scripts());
        return scripts;
    }

    /** Without a script, a later script or the test's code may begin TLS. */
    private static void checkThatTlsCanBegin(ServerSpec spec) {
        Transport transport = spec.transport();
        if (transport.isDatagrams() || transport.isSecure() || scripts(spec).isEmpty()) {
            return;
        }
        List<String> changed = TlsOptions.changed(spec.tls());
        if (!changed.isEmpty() && scripts(spec).stream().noneMatch(ScriptRequirements::mayBeginTls)) {
            throw new IllegalArgumentException("over " + transport + ", the TLS settings (" + String.join(", ", changed)
                    + ") have no effect: no script of this server begins TLS; "
                    + (transport.isUnix() ? "" : "use the transport tls, or ")
                    + "begin TLS with @starttls in a script");
        }
    }

    /** Refuses a script that the transport cannot run. */
    public static void check(Transport transport, Script script) {
        if (transport == Transport.TLS) {
            refuse(transport, ScriptRequirements.tooLateForTls(script));
        }
        if (transport == Transport.UNIX) {
            refuse(transport, ScriptRequirements.tcpOnly(script));
        }
        if (!transport.isDatagrams()) {
            refuse(transport, ScriptRequirements.datagramsOnly(script));
        }
        if (transport != Transport.UDP) {
            refuse(transport, ScriptRequirements.udpOnly(script));
        }
        List<NetworkCondition> network = ScriptRequirements.network(script);
        if (!network.isEmpty()) {
            check(transport, network);
        }
        for (String name : ScriptRequirements.variables(script)) {
            if (transport.isUnix() ? NAMES_OF_PORTS.contains(name) : name.equals("path")) {
                throw new IllegalArgumentException(
                        "over " + transport + ", ${" + name + "} is not available: a server has "
                                + (transport.isUnix()
                                        ? "a ${path}, not a ${host} and a ${port}"
                                        : "a ${host} and a ${port}, not a ${path}"));
            }
        }
        if (transport.isDatagrams()) {
            refuse(transport, ScriptRequirements.streamOnly(script));
            // Over dtls the handshake comes first.
            if (!transport.isSecure()) {
                requireClientFirst(transport, ScriptRequirements.sendsFirst(script));
            }
        }
    }

    /** Refuses network conditions that the transport cannot have. */
    public static void check(Transport transport, List<NetworkCondition> conditions) {
        Medium medium =
                transport.isDatagrams() ? Medium.DATAGRAMS : transport.isUnix() ? Medium.UNIX_STREAM : Medium.STREAM;
        for (NetworkCondition condition : conditions) {
            refuse(
                    transport,
                    Condition.of(condition)
                            .refusal(medium)
                            .map(reason -> "\"" + condition + "\" is not possible: " + reason));
        }
    }

    private static void requireClientFirst(Transport transport, Optional<String> sending) {
        if (sending.isPresent()) {
            throw new IllegalArgumentException("over " + transport + ", a script cannot begin with \"" + sending.get()
                    + "\": the server learns the address of a client from its first datagram; begin with a step"
                    + " that receives that datagram: C: C~ C< C! or @receive");
        }
    }

    private static void refuse(Transport transport, Optional<String> reason) {
        if (reason.isPresent()) {
            throw new IllegalArgumentException("over " + transport + ", " + reason.get());
        }
    }
}
