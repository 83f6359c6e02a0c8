package io.socketharness.cli;

import io.socketharness.ServerSpecBuilder;
import io.socketharness.tls.HeldCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options of a server for a certificate of the user, in PEM files. */
final class CertificateFiles {

    private static final String CERTIFICATE = "certificateFile";
    private static final String KEY = "keyFile";
    private static final String PASSPHRASE = "keyPassphrase";

    private static final List<String> NAMES = List.of(CERTIFICATE, KEY, PASSPHRASE);

    private CertificateFiles() {}

    /** Whether an option is one of these. */
    static boolean has(String option) {
        return NAMES.contains(option);
    }

    /** The first of these options that is given, for the line of a message. */
    static String place(Map<String, List<String>> values) {
        return NAMES.stream().filter(values::containsKey).findFirst().orElse(CERTIFICATE);
    }

    /**
     * Sets the certificate, if there is one.
     *
     * @param values the values of all options
     * @param resolve the path of a file
     * @throws IllegalArgumentException if a file cannot be used, or the certificate file is missing
     */
    static void set(ServerSpecBuilder builder, Map<String, List<String>> values, Function<String, Path> resolve) {
        String certificate = value(values, CERTIFICATE);
        String key = value(values, KEY);
        String passphrase = value(values, PASSPHRASE);
        if (certificate == null) {
            if (key != null || passphrase != null) {
                throw new IllegalArgumentException("found " + (key == null ? PASSPHRASE : KEY) + " without "
                        + CERTIFICATE + ", which has the certificate of this key");
            }
            return;
        }
        if (values.containsKey("certificate")) {
            throw new IllegalArgumentException("found certificate and " + CERTIFICATE + "; set one of them");
        }
        HeldCertificate own = read(resolve.apply(certificate), key == null ? null : resolve.apply(key), passphrase);
        builder.tls(tls -> tls.certificate(own));
    }

    private static HeldCertificate read(Path file, @Nullable Path key, @Nullable String passphrase) {
        if (key == null) {
            return passphrase == null ? HeldCertificate.readPem(file) : HeldCertificate.readPem(file, passphrase);
        }
        return passphrase == null ? HeldCertificate.readPem(file, key) : HeldCertificate.readPem(file, key, passphrase);
    }

    private static @Nullable String value(Map<String, List<String>> values, String name) {
        List<String> texts = values.get(name);
        if (texts == null) {
            return null;
        }
        if (texts.size() != 1) {
            throw new IllegalArgumentException(name + " has " + texts.size() + " values; one is allowed");
        }
        if (texts.get(0).isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        return texts.get(0);
    }
}
