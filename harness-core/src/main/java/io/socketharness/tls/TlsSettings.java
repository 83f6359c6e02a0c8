package io.socketharness.tls;

import io.socketharness.internal.KnownWords;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS: immutable data. Without any of it, a server has a certificate of the JVM's
 * {@linkplain CertificateAuthority#shared() shared authority}, made when it is first needed, and speaks what the JDK
 * speaks by default.
 */
public final class TlsSettings {

    private static final List<String> PROTOCOLS =
            List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1", "DTLSv1.2", "DTLSv1.0");
    private static final TlsSettings DEFAULTS = builder().build();

    private final Builder values;

    private TlsSettings(Builder values) {
        this.values = values;
    }

    /**
     * The settings of a server that says nothing about TLS.
     *
     * @return every value at its default
     */
    public static TlsSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Begins settings with every value at its default.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins settings that differ from these.
     *
     * @return a builder with the values of these
     */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /**
     * What the certificate is like that is made for the server.
     *
     * @return {@link CertificateKind#VALID} unless set
     */
    public CertificateKind certificateKind() {
        return values.kind;
    }

    /**
     * The certificate of the user's own, in place of one that is made.
     *
     * @return nothing unless set
     */
    public Optional<HeldCertificate> certificate() {
        return Optional.ofNullable(values.certificate);
    }

    /**
     * Certificates for names that clients ask for.
     *
     * @return by host name; none unless set
     */
    public Map<String, HeldCertificate> serverNames() {
        return values.serverNames;
    }

    /**
     * The protocols that the server speaks.
     *
     * @return those of the JDK (TLSv1.3 and TLSv1.2) if empty
     */
    public List<String> protocols() {
        return values.protocols;
    }

    /**
     * The cipher suites that the server speaks.
     *
     * @return those of the JDK if empty
     */
    public List<String> cipherSuites() {
        return values.cipherSuites;
    }

    /**
     * The application protocols that the server speaks, the best first.
     *
     * @return none unless set: ALPN is left unanswered
     */
    public List<String> applicationProtocols() {
        return values.applicationProtocols;
    }

    /**
     * Whether clients are asked for a certificate.
     *
     * @return {@link ClientCertificate#NONE} unless set
     */
    public ClientCertificate clientCertificate() {
        return values.clientCertificate;
    }

    /**
     * The authority that issues the server's certificate.
     *
     * @return the JVM's shared one unless set
     */
    public CertificateAuthority authority() {
        CertificateAuthority own = values.authority;
        return own == null ? CertificateAuthority.shared() : own;
    }

    boolean hasAuthority() {
        return values.authority != null;
    }

    /**
     * The authority whose client certificates are accepted.
     *
     * @return the server's own unless set
     */
    public CertificateAuthority clientAuthority() {
        CertificateAuthority own = values.clientAuthority;
        return own == null ? authority() : own;
    }

    /** Tells whether nothing differs from the defaults. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsSettings that && values.all().equals(that.values.all());
    }

    @Override
    public int hashCode() {
        return values.all().hashCode();
    }

    /** The values that are not at their defaults, such as {@code TlsSettings{certificate=EXPIRED}}. */
    @Override
    public String toString() {
        Map<String, Object> all = values.all();
        all.entrySet().removeAll(new Builder().all().entrySet());
        return "TlsSettings" + all;
    }

    /** Makes {@link TlsSettings}; each value has the default that is named beside it. */
    public static final class Builder {

        private CertificateKind kind = CertificateKind.VALID;
        private @Nullable HeldCertificate certificate;
        private Map<String, HeldCertificate> serverNames = Map.of();
        private List<String> protocols = List.of();
        private List<String> cipherSuites = List.of();
        private List<String> applicationProtocols = List.of();
        private ClientCertificate clientCertificate = ClientCertificate.NONE;
        private @Nullable CertificateAuthority authority;
        private @Nullable CertificateAuthority clientAuthority;

        private Builder() {}

        private Builder(Builder that) {
            kind = that.kind;
            certificate = that.certificate;
            serverNames = that.serverNames;
            protocols = that.protocols;
            cipherSuites = that.cipherSuites;
            applicationProtocols = that.applicationProtocols;
            clientCertificate = that.clientCertificate;
            authority = that.authority;
            clientAuthority = that.clientAuthority;
        }

        private Map<String, Object> all() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("certificate", certificate == null ? kind : certificate);
            all.put("serverNames", serverNames);
            all.put("protocols", protocols);
            all.put("cipherSuites", cipherSuites);
            all.put("applicationProtocols", applicationProtocols);
            all.put("clientCertificate", clientCertificate);
            all.put("authority", Optional.ofNullable(authority));
            all.put("clientAuthority", Optional.ofNullable(clientAuthority));
            return all;
        }

        /**
         * What the certificate is like that is made for the server: right unless set.
         *
         * @param newKind what is wrong with it
         * @return this builder
         */
        public Builder certificate(CertificateKind newKind) {
            kind = newKind;
            certificate = null;
            return this;
        }

        /**
         * A certificate of the user's own, such as one that was read from a file; one is made for the server unless set.
         *
         * @param own served as it is
         * @return this builder
         */
        public Builder certificate(HeldCertificate own) {
            certificate = own;
            return this;
        }

        /**
         * A certificate for clients that ask for this host (SNI, RFC 6066); others, and those that ask for none, get the
         * server's {@link #certificate(HeldCertificate) certificate}.
         *
         * @param host a name, or {@code *.} and a name for all hosts one level below
         * @param own served as it is
         * @return this builder
         */
        public Builder serverName(String host, HeldCertificate own) {
            Map<String, HeldCertificate> more = new LinkedHashMap<>(serverNames);
            more.put(host.toLowerCase(Locale.ROOT), own);
            serverNames = Map.copyOf(more);
            return this;
        }

        /**
         * The protocols that the server speaks: TLSv1.3 and TLSv1.2, over datagrams DTLSv1.2, unless set.
         *
         * @param newProtocols of TLSv1.3, TLSv1.2, TLSv1.1 and TLSv1, over datagrams of DTLSv1.2 and DTLSv1.0; none for
         *     the default
         * @return this builder
         * @throws IllegalArgumentException if one is unknown, or this JVM has disabled it
         */
        public Builder protocols(String... newProtocols) {
            for (String protocol : newProtocols) {
                requireProtocol(protocol);
            }
            protocols = List.of(newProtocols);
            return this;
        }

        private static void requireProtocol(String protocol) {
            if (!PROTOCOLS.contains(protocol)) {
                throw new IllegalArgumentException(
                        "unknown TLS protocol \"" + protocol + "\"; known are " + String.join(", ", PROTOCOLS));
            }
            String property = "jdk.tls.disabledAlgorithms";
            String disabled =
                    Optional.ofNullable(Security.getProperty(property)).orElse("");
            if (Arrays.stream(disabled.split(",")).map(String::strip).anyMatch(protocol::equals)) {
                throw new IllegalArgumentException(protocol + " is disabled in this JVM by the security property "
                        + property + ", which is read once; start the JVM with -Djava.security.properties=FILE, where"
                        + " FILE sets " + property + " without " + protocol);
            }
        }

        /**
         * The cipher suites that the server speaks: those of the JDK unless set.
         *
         * @param names as the JDK writes them, such as {@code TLS_AES_128_GCM_SHA256}; none for the default
         * @return this builder
         * @throws IllegalArgumentException if this JVM does not have one
         */
        public Builder cipherSuites(String... names) {
            if (names.length > 0) {
                Set<String> known = supportedCipherSuites();
                for (String name : names) {
                    if (!known.contains(name)) {
                        throw new IllegalArgumentException("unknown cipher suite \"" + name + "\"; "
                                + KnownWords.hint(name, known.stream().sorted().toList()));
                    }
                }
            }
            cipherSuites = List.of(names);
            return this;
        }

        private static Set<String> supportedCipherSuites() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, null, null);
                return Set.of(context.getSupportedSSLParameters().getCipherSuites());
            } catch (GeneralSecurityException absent) {
                throw new IllegalStateException("this JVM has no TLS", absent);
            }
        }

        /**
         * The application protocols that the server speaks, the best first (ALPN, RFC 7301). Unless set, what the client
         * offers is left unanswered; where they have none in common, the handshake fails with no_application_protocol.
         *
         * @param names such as {@code h2}; none for the default
         * @return this builder
         */
        public Builder applicationProtocols(String... names) {
            for (String name : names) {
                if (name.isEmpty() || name.length() > 255) {
                    throw new IllegalArgumentException(
                            "application protocol \"" + name + "\" is out of range; 1 to 255 characters are allowed");
                }
            }
            applicationProtocols = List.of(names);
            return this;
        }

        /**
         * Whether clients are asked for a certificate: they are not unless set.
         *
         * @param asked whether, and whether they must give one
         * @return this builder
         */
        public Builder clientCertificate(ClientCertificate asked) {
            clientCertificate = asked;
            return this;
        }

        /**
         * The authority that issues the server's certificate: the JVM's shared one unless set.
         *
         * @param own what the clients are to trust
         * @return this builder
         */
        public Builder authority(CertificateAuthority own) {
            authority = own;
            return this;
        }

        /**
         * The authority whose client certificates are accepted: the server's own unless set.
         *
         * @param own what the server is to trust
         * @return this builder
         */
        public Builder clientAuthority(CertificateAuthority own) {
            clientAuthority = own;
            return this;
        }

        /**
         * Makes the settings.
         *
         * @return the settings
         */
        public TlsSettings build() {
            return new TlsSettings(new Builder(this));
        }
    }
}
