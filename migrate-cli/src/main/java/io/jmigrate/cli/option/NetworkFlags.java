package io.jmigrate.cli.option;

import io.jmigrate.migration.plan.NetworkTerms;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** What becomes of a container's addresses and connections when it goes. */
final class NetworkFlags {
    private static final String REMAP = "remap:";

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private boolean closes;

    /** Adds the options. */
    Declaration declare(Declaration verb) {
        return verb.repeated(
                "--network",
                "HOW",
                "keep (default): the same addresses, and connections go on; close: TCP connections are closed; remap:OLD=NEW: the"
                        + " address NEW in place of OLD, whose connections with others are closed. May be given more than once.",
                NetworkFlags::choice,
                choice -> choice.applyTo(this));
    }

    private sealed interface Choice {
        void applyTo(NetworkFlags flags);

        record Connections(boolean closes) implements Choice {
            @Override
            public void applyTo(NetworkFlags flags) {
                flags.closes = closes;
            }
        }

        record Remap(Pair<InetAddress> pair) implements Choice {
            @Override
            public void applyTo(NetworkFlags flags) {
                flags.addresses.put(pair.old().getHostAddress(), pair.next().getHostAddress());
            }
        }
    }

    private static Choice choice(String text) {
        if (text.startsWith(REMAP)) {
            return new Choice.Remap(SocketMoveFlags.addresses(text.substring(REMAP.length())));
        }
        return switch (text) {
            case "keep" -> new Choice.Connections(false);
            case "close" -> new Choice.Connections(true);
            default -> throw new IllegalArgumentException("\"" + text + "\" is none of keep, close, remap:OLD=NEW");
        };
    }

    /** What was given. */
    NetworkTerms terms() {
        return new NetworkTerms(closes, addresses);
    }
}
