package io.socketharness.internal.script.engine;

import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Eol;
import io.socketharness.script.Framing;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection's steps, until the end of their block.
 *
 * @param charset of text
 * @param eol ends sent lines
 * @param exactEol whether received lines must have the same end
 * @param framing delimits messages, or null for lines
 * @param drip splits sends, or null for none
 * @param within the time limit of receives, or null for the server's lifetime
 * @param network the network conditions of the script
 */
public record Settings(
        Charset charset,
        Eol eol,
        boolean exactEol,
        @Nullable Framing framing,
        @Nullable Drip drip,
        @Nullable Duration within,
        List<NetworkCondition> network) {

    public static final Settings INITIAL =
            new Settings(StandardCharsets.UTF_8, Eol.CRLF, false, null, null, null, List.of());

    public Settings with(Charset newCharset) {
        return new Settings(newCharset, eol, exactEol, framing, drip, within, network);
    }

    public Settings with(Eol newEol) {
        return new Settings(charset, newEol, false, framing, drip, within, network);
    }

    public Settings withExact(Eol newEol) {
        return new Settings(charset, newEol, true, framing, drip, within, network);
    }

    public Settings withFraming(@Nullable Framing newFraming) {
        return new Settings(charset, eol, exactEol, newFraming, drip, within, network);
    }

    public Settings withDrip(@Nullable Drip newDrip) {
        return new Settings(charset, eol, exactEol, framing, newDrip, within, network);
    }

    public Settings within(@Nullable Duration limit) {
        return new Settings(charset, eol, exactEol, framing, drip, limit, network);
    }

    /** These settings with the network conditions of others. */
    Settings withNetworkOf(Settings other) {
        return new Settings(charset, eol, exactEol, framing, drip, within, other.network);
    }

    /** Adds network conditions; without any, removes those of the script. */
    Settings withNetwork(List<NetworkCondition> added) {
        List<NetworkCondition> all = new ArrayList<>();
        if (!added.isEmpty()) {
            all.addAll(network);
            all.addAll(added);
        }
        return new Settings(charset, eol, exactEol, framing, drip, within, List.copyOf(all));
    }
}
