package io.socketharness.tls;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.tls.HostName;
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
 * The immutable TLS settings of a server. By default the server has a certificate of the JVM's
 * {@linkplain CertificateAuthority#shared() shared authority}, created when it is first needed, and the JDK's default
 * protocols and cipher suites.
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
     * Returns the settings of a server that sets nothing about TLS.
     *
     * @return settings with default values
     */
    public static TlsSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with default values.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of these settings.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /**
     * Returns the kind of the certificate that is issued for the server.
     *
     * @return {@link CertificateKind#VALID} unless set
     */
    public CertificateKind certificateKind() {
        return values.kind;
    }

    /**
     * Returns the certificate that replaces an issued one.
     *
     * @return empty unless set
     */
    public Optional<HeldCertificate> certificate() {
        return Optional.ofNullable(values.certificate);
    }

    /**
     * Returns the hosts of the issued certificate, besides the host of the server and the default hosts.
     *
     * @return DNS names and addresses; empty unless set
     */
    public List<String> certificateHosts() {
        return values.certificateHosts;
    }

    /**
     * Returns the certificates for host names that clients request (SNI).
     *
     * @return certificates by host name; empty unless set
     */
    public Map<String, HeldCertificate> serverNames() {
        return values.serverNames;
    }

    /**
     * Returns the protocols of the server.
     *
     * @return the protocols; if empty, the defaults of the JDK (TLSv1.3 and TLSv1.2)
     */
    public List<String> protocols() {
        return values.protocols;
    }

    /**
     * Returns the cipher suites of the server.
     *
     * @return the cipher suites; if empty, the defaults of the JDK
     */
    public List<String> cipherSuites() {
        return values.cipherSuites;
    }

    /**
     * Returns the application protocols of the server (ALPN), in order of preference.
     *
     * @return the protocols; if empty, as by default, the server does not answer ALPN
     */
    public List<String> applicationProtocols() {
        return values.applicationProtocols;
    }

    /**
     * Returns whether the server requests a certificate from its clients.
     *
     * @return {@link ClientCertificate#NONE} unless set
     */
    public ClientCertificate clientCertificate() {
        return values.clientCertificate;
    }

    /**
     * Returns the authority that issues the server's certificate.
     *
     * @return the JVM's shared authority unless set
     */
    public CertificateAuthority authority() {
        CertificateAuthority own = values.authority;
        return own == null ? CertificateAuthority.shared() : own;
    }

    boolean hasAuthority() {
        return values.authority != null;
    }

    /**
     * Returns the authority whose client certificates are accepted.
     *
     * @return {@link #authority()} unless set
     */
    public CertificateAuthority clientAuthority() {
        CertificateAuthority own = values.clientAuthority;
        return own == null ? authority() : own;
    }

    /**
     * Returns the sessions that clients can resume.
     *
     * @return empty unless set; then the server has sessions of its own
     */
    public Optional<TlsSessions> sessions() {
        return Optional.ofNullable(values.sessions);
    }

    /** Returns whether all values are equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof TlsSettings that && values.all().equals(that.values.all());
    }

    @Override
    public int hashCode() {
        return values.all().hashCode();
    }

    /** Returns the values that differ from their defaults, such as {@code TlsSettings{certificate=EXPIRED}}. */
    @Override
    public String toString() {
        Map<String, Object> all = values.all();
        all.entrySet().removeAll(new Builder().all().entrySet());
        return "TlsSettings" + all;
    }

    /** Builds {@link TlsSettings}. Each method describes the default of its value. */
    public static final class Builder {

        private CertificateKind kind = CertificateKind.VALID;
        private @Nullable HeldCertificate certificate;
        private List<String> certificateHosts = List.of();
        private Map<String, HeldCertificate> serverNames = Map.of();
        private List<String> protocols = List.of();
        private List<String> cipherSuites = List.of();
        private List<String> applicationProtocols = List.of();
        private ClientCertificate clientCertificate = ClientCertificate.NONE;
        private @Nullable CertificateAuthority authority;
        private @Nullable CertificateAuthority clientAuthority;
        private @Nullable TlsSessions sessions;

        private Builder() {}

        private Builder(Builder that) {
            kind = that.kind;
            certificate = that.certificate;
            certificateHosts = that.certificateHosts;
            serverNames = that.serverNames;
            protocols = that.protocols;
            cipherSuites = that.cipherSuites;
            applicationProtocols = that.applicationProtocols;
            clientCertificate = that.clientCertificate;
            authority = that.authority;
            clientAuthority = that.clientAuthority;
            sessions = that.sessions;
        }

        private Map<String, Object> all() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("certificate", certificate == null ? kind : certificate);
            all.put("certificateHosts", certificateHosts);
            all.put("serverNames", serverNames);
            all.put("protocols", protocols);
            all.put("cipherSuites", cipherSuites);
            all.put("applicationProtocols", applicationProtocols);
            all.put("clientCertificate", clientCertificate);
            all.put("authority", Optional.ofNullable(authority));
            all.put("clientAuthority", Optional.ofNullable(clientAuthority));
            all.put("sessions", sessions == null ? "own" : sessions);
            return all;
        }

        /**
         * Sets the kind of the certificate that is issued for the server: a valid one unless set.
         *
         * @param newKind the kind; it replaces a certificate set before
         * @return this builder
         */
        public Builder certificate(CertificateKind newKind) {
            kind = newKind;
            certificate = null;
            return this;
        }

        /**
         * Sets the certificate, such as one read from a file. Unless set, a certificate is issued for the server.
         *
         * @param own the certificate, used unchanged
         * @return this builder
         */
        public Builder certificate(HeldCertificate own) {
            certificate = own;
            return this;
        }

        /**
         * Sets more hosts for the certificate that is issued for the server, such as the name of the server in a
         * network of containers. The certificate is always valid for the host of the server and for the
         * {@linkplain CertificateBuilder#hosts default hosts}.
         *
         * @param names DNS names and addresses, as in {@link CertificateBuilder#hosts}; without any, the default
         * @return this builder
         * @throws IllegalArgumentException if a name is neither a DNS name nor an address
         */
        public Builder certificateHosts(String... names) {
            HostName.parseAll(names);
            certificateHosts = List.of(names);
            return this;
        }

        /**
         * Sets a certificate for clients that request this host (SNI, RFC 6066). Other clients, and clients that
         * request no host, get the server's {@link #certificate(HeldCertificate) certificate}.
         *
         * @param host a name, or {@code *.} and a name for all hosts one level below it
         * @param own the certificate, used unchanged
         * @return this builder
         */
        public Builder serverName(String host, HeldCertificate own) {
            Map<String, HeldCertificate> more = new LinkedHashMap<>(serverNames);
            more.put(host.toLowerCase(Locale.ROOT), own);
            serverNames = Map.copyOf(more);
            return this;
        }

        /**
         * Sets the protocols of the server: TLSv1.3 and TLSv1.2 unless set, or DTLSv1.2 over datagrams.
         *
         * @param newProtocols from TLSv1.3, TLSv1.2, TLSv1.1 and TLSv1, or over datagrams from DTLSv1.2 and DTLSv1.0;
         *     without any, the default
         * @return this builder
         * @throws IllegalArgumentException if a protocol is unknown, or this JVM has disabled it
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
         * Sets the cipher suites of the server: the defaults of the JDK unless set.
         *
         * @param names the JDK's names in order of preference, such as {@code TLS_AES_128_GCM_SHA256}; without any, the
         *     default
         * @return this builder
         * @throws IllegalArgumentException if this JVM does not support a cipher suite
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
         * Sets the application protocols of the server in order of preference (ALPN, RFC 7301). Unless set, the server
         * does not answer ALPN. If client and server have none in common, the handshake fails with
         * no_application_protocol.
         *
         * @param names such as {@code h2}; without any, the default
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
         * Sets whether the server requests a certificate from its clients: it does not unless set.
         *
         * @param asked whether a certificate is requested, and whether it is required
         * @return this builder
         */
        public Builder clientCertificate(ClientCertificate asked) {
            clientCertificate = asked;
            return this;
        }

        /**
         * Sets the authority that issues the server's certificate: the JVM's shared authority unless set.
         *
         * @param own the authority that the clients trust
         * @return this builder
         */
        public Builder authority(CertificateAuthority own) {
            authority = own;
            return this;
        }

        /**
         * Sets the authority whose client certificates are accepted: the authority of the server unless set.
         *
         * @param own the authority that the server trusts
         * @return this builder
         */
        public Builder clientAuthority(CertificateAuthority own) {
            clientAuthority = own;
            return this;
        }

        /**
         * Sets the sessions that clients can resume: those of the server itself unless set.
         *
         * @param newSessions {@link TlsSessions#create()} for several servers with these settings, or
         *     {@link TlsSessions#none()}
         * @return this builder
         */
        public Builder sessions(TlsSessions newSessions) {
            sessions = newSessions;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if {@link #certificateHosts} is set for a certificate that is used
         *     unchanged, or is for another host
         */
        public TlsSettings build() {
            if (!certificateHosts.isEmpty() && (certificate != null || kind == CertificateKind.WRONG_HOST)) {
                throw new IllegalArgumentException(
                        "found certificateHosts " + String.join(", ", certificateHosts) + " and "
                                + (certificate != null
                                        ? "a certificate, which is used unchanged"
                                        : "the certificate WRONG_HOST, which is for another host")
                                + "; set one of them");
            }
            return new TlsSettings(new Builder(this));
        }
    }
}
