package io.socketharness.internal.forward;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.ScriptConnection;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.text.Template;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.Forward;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Passes data between the client and a real server until both have ended.
 *
 * @param url the address, which may contain properties
 * @param upgrade how TLS begins in the middle of the connection, or null
 */
public record ForwardStep(String url, @Nullable TlsUpgrade upgrade) implements Forward, Step {

    public ForwardStep {
        RealServerAddress.check(Template.parse(url), url);
        RealTransport transport = RealServerAddress.transport(url);
        if (upgrade != null && (transport.isDatagrams() || transport == RealTransport.TLS)) {
            throw new IllegalArgumentException(
                    "starttls needs a real server that begins in clear, over tcp or unix, but found " + url);
        }
    }

    @Override
    public Forward startTls(String protocol) {
        return new ForwardStep(url, TlsUpgrade.named(protocol));
    }

    @Override
    public Forward startTls(String request, String answer) {
        return new ForwardStep(url, TlsUpgrade.matching(request, answer));
    }

    @Override
    public void run(Connection connection) throws Exception {
        new Forwarding(this, ScriptConnection.of(connection)).run();
    }

    /** The address with the values of its properties. */
    RealServerAddress address(Connection connection) {
        Template template = Template.parse(url);
        Map<String, Template.Part> values = new HashMap<>();
        for (String name : template.variables()) {
            Object value = connection.variables().get(name);
            String text = value == null ? System.getProperty(name) : value.toString();
            if (text == null) {
                throw new ExpectationFailed("the address of the real server, " + url + ", contains ${" + name
                        + "}, but there is no system property and no variable of that name; "
                        + KnownWords.hint(
                                name,
                                new TreeSet<>(connection.variables().keySet()),
                                "set the property before a client connects"));
            }
            values.put(name, new Template.Text(text));
        }
        try {
            return RealServerAddress.parse(RealServerAddress.text(template.with(values)));
        } catch (IllegalArgumentException malformed) {
            throw new ExpectationFailed("the address of the real server: " + malformed.getMessage());
        }
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public boolean beginsTlsLater() {
        return upgrade != null;
    }

    @Override
    public boolean takesMatchedMessage() {
        return true;
    }

    @Override
    public Optional<String> streamOnly() {
        return RealServerAddress.transport(url).isDatagrams()
                ? Optional.empty()
                : Optional.of("the real server is a stream, which datagrams cannot be forwarded to");
    }

    @Override
    public Optional<String> datagramsOnly() {
        return RealServerAddress.transport(url).isDatagrams()
                ? Optional.of("the real server takes datagrams, which a stream cannot be forwarded to")
                : Optional.empty();
    }

    @Override
    public List<String> lines() {
        return List.of("@forward " + url + (upgrade == null ? "" : " starttls " + upgrade));
    }

    @Override
    public String toString() {
        return lines().get(0);
    }
}
