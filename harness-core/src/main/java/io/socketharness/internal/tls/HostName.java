package io.socketharness.internal.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host of a certificate.
 *
 * @param text a DNS name in ASCII, or an address
 * @param address the address, if it is one
 */
public record HostName(String text, Optional<InetAddress> address) {

    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");
    private static final int LONGEST_DNS_NAME = 253;

    public static List<HostName> parseAll(String... hosts) {
        return Arrays.stream(hosts).map(HostName::parse).toList();
    }

    static HostName parse(String host) {
        try {
            if (host.contains(":")) {
                return ofIpv6(host);
            }
            return IPV4.matcher(host).matches() ? ofIpv4(host) : ofDns(host);
        } catch (UnknownHostException | IllegalArgumentException neither) {
            throw new IllegalArgumentException(
                    "\"" + host
                            + "\" is not a host for a certificate; expected a DNS name such as mail.test or"
                            + " *.mail.test,"
                            + " or an address such as 127.0.0.1 or ::1",
                    neither);
        }
    }

    /** Never asks a name server: a text with a colon is not a DNS name. */
    private static HostName ofIpv6(String host) throws UnknownHostException {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        // Certificates do not support zones (RFC 5280, 4.2.1.6).
        String withoutZone = literal.split("%", 2)[0];
        return new HostName(withoutZone, Optional.of(InetAddress.getByName(withoutZone)));
    }

    private static HostName ofIpv4(String host) throws UnknownHostException {
        int[] octets =
                Arrays.stream(host.split("\\.")).mapToInt(Integer::parseInt).toArray();
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] > 255) {
                throw new IllegalArgumentException(octets[i] + " is more than 255");
            }
            bytes[i] = (byte) octets[i];
        }
        return new HostName(host, Optional.of(InetAddress.getByAddress(bytes)));
    }

    private static HostName ofDns(String host) {
        String withoutRoot = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        // Skipped for names in ASCII, because IDN would load its tables.
        String ascii = DNS.matcher(withoutRoot).matches() ? withoutRoot : IDN.toASCII(withoutRoot);
        if (ascii.length() > LONGEST_DNS_NAME || !DNS.matcher(ascii).matches()) {
            throw new IllegalArgumentException(ascii);
        }
        return new HostName(ascii, Optional.empty());
    }
}
