package io.socketharness;

import io.socketharness.recording.Recorder;
import io.socketharness.script.Durations;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What server to start: immutable data, read from a URL with {@link #parse} or made with {@link #builder}.
 *
 * <p>What a transport cannot do is refused here, with the reason, before anything is started.
 */
public final class ServerSpec {

    /** The host of a server that names none: reachable from this machine alone. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    private final Builder values;

    private ServerSpec(Builder values) {
        this.values = values;
    }

    /**
     * Reads a URL such as {@code tcp://127.0.0.1:0}, {@code udp://[::1]:0} or {@code tcp://localhost:0?backlog=1}; a bare
     * {@code tcp:} is a server on a free port of 127.0.0.1, and {@code 127.0.0.1:0} one of TCP. IPv6 addresses stand in
     * brackets, with a zone where they need one. {@code dtls:} is DTLS over UDP; {@code tls:}, {@code ssl:}, {@code tlsv1.3:} and {@code tlsv1.2:} (also
     * {@code tlsv1.1:} and {@code tlsv1.0:}, where the JVM allows them) are TLS over TCP, the latter of that version
     * alone. Options stand behind a question mark, by the names that the builder
     * has: {@code backlog}, {@code timeout}, {@code strict}, {@code optional}, {@code conversation},
     * {@code recordingLimit}, {@code messageLimit}, {@code name} and, for TLS, {@code certificate},
     * {@code clientCertificate}, {@code protocols}, {@code cipherSuites} and {@code applicationProtocols}, several values
     * separated by commas.
     *
     * @param url what to start
     * @return the specification
     * @throws IllegalArgumentException if it is of another form, with what was found and what is allowed
     */
    public static ServerSpec parse(String url) {
        return SpecParser.parse(url);
    }

    /**
     * Begins a specification with every value at its default.
     *
     * @param transport what the server speaks over
     * @return a builder
     */
    public static Builder builder(Transport transport) {
        return new Builder(transport);
    }

    /**
     * Begins a specification with every value at its default, but for the version of TLS that the name may ask for.
     *
     * @param transport its name, see {@link Transport#named}, such as {@code tcp} or {@code tlsv1.2}
     * @return a builder
     * @throws IllegalArgumentException if there is none of that name, or this JVM has disabled that version of TLS
     */
    public static Builder builder(String transport) {
        Builder builder = new Builder(Transport.named(transport));
        Transport.protocol(transport)
                .ifPresent(version ->
                        builder.tls(TlsSettings.builder().protocols(version).build()));
        return builder;
    }

    /**
     * Begins a specification that differs from this one.
     *
     * @return a builder with the values of this one
     */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /**
     * What the server speaks over.
     *
     * @return the transport
     */
    public Transport transport() {
        return values.transport;
    }

    /**
     * Where the server is bound.
     *
     * @return an address, or a name that stands for one
     */
    public String host() {
        return values.host;
    }

    /**
     * The port.
     *
     * @return 0 for one that is free
     */
    public int port() {
        return values.port;
    }

    /**
     * How many connections may wait to be accepted; Linux lets in one more.
     *
     * @return 1 or more
     */
    public int backlog() {
        return values.backlog;
    }

    /**
     * How long the test's waits wait at most.
     *
     * @return 5 s unless set
     */
    public Duration timeout() {
        return values.timeout;
    }

    /**
     * Tells whether an extension verifies the server when the test ends.
     *
     * @return true unless set
     */
    public boolean isStrict() {
        return values.strict;
    }

    /**
     * Tells whether a script that no connection ran is allowed.
     *
     * @return false unless set
     */
    public boolean isOptional() {
        return values.optional;
    }

    /**
     * What makes a conversation on a datagram server.
     *
     * @return {@link ConversationMode#EACH} unless set
     */
    public ConversationMode conversation() {
        return values.conversation;
    }

    /**
     * How many bytes the recording keeps.
     *
     * @return 16 MiB unless set
     */
    public long recordingLimit() {
        return values.recordingLimit;
    }

    /**
     * How many bytes a line or message may have.
     *
     * @return 1 MiB unless set
     */
    public int messageLimit() {
        return values.messageLimit;
    }

    /**
     * The name of the server in messages, behind its address.
     *
     * @return such as {@code LoginTest.mail}; nothing unless set
     */
    public Optional<String> name() {
        return Optional.ofNullable(values.name);
    }

    /**
     * The script that serves every connection for which there is none of {@link #scripts()}.
     *
     * @return nothing unless set
     */
    public Optional<Script> script() {
        return Optional.ofNullable(values.script);
    }

    /**
     * Scripts that serve one connection each, in the order of acceptance.
     *
     * @return none unless set
     */
    public List<Script> scripts() {
        return values.scripts;
    }

    /**
     * How the server speaks TLS, over {@link Transport#TLS} or where its script begins it.
     *
     * @return every value at its default unless set
     */
    public TlsSettings tls() {
        return values.tls;
    }

    /** The URL that {@link #parse} reads back, with the options that are not at their defaults; scripts are left out. */
    @Override
    public String toString() {
        return SpecParser.format(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerSpec that
                && toString().equals(that.toString())
                && values.tls.equals(that.values.tls)
                && Objects.equals(values.script, that.values.script)
                && values.scripts.equals(that.values.scripts);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Makes a {@link ServerSpec}; each value has the default that is named beside it. */
    public static final class Builder {

        private static final String TIMEOUT_PROPERTY = "socketharness.timeout";

        private Transport transport;
        private String host = DEFAULT_HOST;
        private int port;
        private int backlog = 1024;
        private Duration timeout = defaultTimeout();
        private boolean strict = true;
        private boolean optional;
        private ConversationMode conversation = ConversationMode.EACH;
        private long recordingLimit = Recorder.DEFAULT_LIMIT;
        private int messageLimit = 1 << 20;
        private @Nullable String name;
        private @Nullable Script script;
        private List<Script> scripts = List.of();
        private TlsSettings tls = TlsSettings.defaults();

        private Builder(Transport transport) {
            this.transport = transport;
        }

        private Builder(Builder that) {
            transport = that.transport;
            host = that.host;
            port = that.port;
            backlog = that.backlog;
            timeout = that.timeout;
            strict = that.strict;
            optional = that.optional;
            conversation = that.conversation;
            recordingLimit = that.recordingLimit;
            messageLimit = that.messageLimit;
            name = that.name;
            script = that.script;
            scripts = that.scripts;
            tls = that.tls;
        }

        private static Duration defaultTimeout() {
            String property = System.getProperty(TIMEOUT_PROPERTY);
            if (property == null) {
                return Duration.ofSeconds(5);
            }
            try {
                return Durations.parse(property);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "system property " + TIMEOUT_PROPERTY + ": " + wrong.getMessage(), wrong);
            }
        }

        /**
         * Where to bind: 127.0.0.1 unless set. An IPv4 address binds IPv4 alone, {@code 0.0.0.0} too; {@code ::} binds
         * both.
         *
         * @param newHost an address without brackets, perhaps with a zone, or a name that stands for one
         * @return this builder
         */
        public Builder host(String newHost) {
            host = Hosts.check(newHost);
            return this;
        }

        /**
         * The port: a free one (0) unless set. A fixed one can be taken by another program; inject the free one instead.
         *
         * @param newPort from 0 to 65535
         * @return this builder
         */
        public Builder port(int newPort) {
            if (newPort < 0 || newPort > 65535) {
                throw new IllegalArgumentException(
                        "port " + newPort + " is out of range; 0 to 65535 is allowed, 0 for a free one");
            }
            port = newPort;
            return this;
        }

        /**
         * How many connections may wait to be accepted: 1024 unless set, see listen(2). Linux lets in one more, takes no
         * more than {@code net.core.somaxconn}, and leaves further ones unanswered. A server accepts at once, so that
         * this matters only under a burst of clients.
         *
         * @param newBacklog 1 or more
         * @return this builder
         */
        public Builder backlog(int newBacklog) {
            if (newBacklog < 1) {
                throw new IllegalArgumentException("backlog " + newBacklog + " is out of range; 1 or more is allowed");
            }
            backlog = newBacklog;
            return this;
        }

        /**
         * How long the test's waits wait at most, verification included: 5 s unless set here or, for all servers, by the
         * system property {@code socketharness.timeout}, such as {@code 20s}.
         *
         * @param newTimeout more than nothing
         * @return this builder
         */
        public Builder timeout(Duration newTimeout) {
            if (newTimeout.isNegative() || newTimeout.isZero() || newTimeout.compareTo(Duration.ofDays(36_500)) > 0) {
                throw new IllegalArgumentException(
                        "timeout " + newTimeout + " is out of range; more than 0, up to a hundred years, is allowed");
            }
            timeout = newTimeout;
            return this;
        }

        /**
         * Whether an extension verifies the server when the test ends: true unless set.
         *
         * @param newStrict false to leave it to the test
         * @return this builder
         */
        public Builder strict(boolean newStrict) {
            strict = newStrict;
            return this;
        }

        /**
         * Whether a script that no connection ran is allowed: false unless set.
         *
         * @param newOptional true to allow it
         * @return this builder
         */
        public Builder optional(boolean newOptional) {
            optional = newOptional;
            return this;
        }

        /**
         * What makes a conversation: each source address has its own unless set. Datagrams only.
         *
         * @param newConversation how sources are told apart
         * @return this builder
         */
        public Builder conversation(ConversationMode newConversation) {
            conversation = newConversation;
            return this;
        }

        /**
         * How many bytes the recording keeps, sent and received, over all connections: 16 MiB unless set. Beyond it bytes
         * are counted, not kept, and assertions on the connection say so.
         *
         * @param bytes 0 or more
         * @return this builder
         */
        public Builder recordingLimit(long bytes) {
            if (bytes < 0 || bytes > 1L << 30) {
                throw new IllegalArgumentException(
                        "recordingLimit " + bytes + " is out of range; 0 to 1 GiB is allowed");
            }
            recordingLimit = bytes;
            return this;
        }

        /**
         * How many bytes a line or message may have: 1 MiB unless set. A longer one is a failure.
         *
         * @param bytes 1 or more
         * @return this builder
         */
        public Builder messageLimit(int bytes) {
            if (bytes < 1 || bytes > 1 << 30) {
                throw new IllegalArgumentException("messageLimit " + bytes + " is out of range; 1 to 1 GiB is allowed");
            }
            messageLimit = bytes;
            return this;
        }

        /**
         * The name of the server in messages, behind its address.
         *
         * @param newName such as {@code LoginTest.mail}
         * @return this builder
         */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /**
         * The script that serves every connection for which there is none of the {@link #scripts}.
         *
         * @param newScript what to do
         * @return this builder
         */
        public Builder script(Script newScript) {
            script = newScript;
            return this;
        }

        /**
         * Scripts that serve one connection each, in the order of acceptance.
         *
         * @param newScripts the first is for the first connection
         * @return this builder
         */
        public Builder scripts(List<Script> newScripts) {
            scripts = List.copyOf(newScripts);
            return this;
        }

        /**
         * How the server speaks TLS, over {@link Transport#TLS} and {@link Transport#DTLS} or where its script begins it;
         * not over UDP.
         *
         * @param settings its certificate, protocols and the like
         * @return this builder
         */
        public Builder tls(TlsSettings settings) {
            tls = settings;
            return this;
        }

        TlsSettings tls() {
            return tls;
        }

        /**
         * Makes the specification.
         *
         * @return the specification
         * @throws IllegalArgumentException if the transport cannot do what a value or a script asks for
         */
        public ServerSpec build() {
            if (conversation == ConversationMode.ONE && !transport.isDatagrams()) {
                throw new IllegalArgumentException("conversation ONE is for datagrams; over " + transport
                        + " each connection is a conversation of its own");
            }
            if (transport == Transport.UDP && !tls.equals(TlsSettings.defaults())) {
                throw new IllegalArgumentException("TLS settings are for streams and dtls; over udp there is no TLS");
            }
            for (String protocol : tls.protocols()) {
                if (protocol.startsWith("D") != transport.isDatagrams()) {
                    throw new IllegalArgumentException("over " + transport + " there is no " + protocol);
                }
            }
            if (conversation == ConversationMode.ONE && transport == Transport.DTLS) {
                throw new IllegalArgumentException(
                        "conversation ONE is for udp; over dtls each client has a session of its own");
            }
            if (script != null) {
                check(script);
            }
            scripts.forEach(this::check);
            return new ServerSpec(new Builder(this));
        }

        private void check(Script checked) {
            if (transport == Transport.TLS) {
                checked.tooLateForTls().ifPresent(reason -> {
                    throw new IllegalArgumentException("over tls, " + reason);
                });
            }
            if (transport.isDatagrams()) {
                checked.streamOnly().ifPresent(reason -> {
                    throw new IllegalArgumentException("over " + transport + ", " + reason);
                });
            }
        }
    }
}
