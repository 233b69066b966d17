package io.jmigrate.cli.option;

import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.runtime.failure.Failure;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of a container's addresses and connections when it goes. */
final class NetworkFlags {
    private static final String REMAP = "remap:";

    private final Set<Pair<InetAddress>> remapped = new LinkedHashSet<>();
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
                flags.remapped.add(pair);
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

    /** What was given. @throws Failure USAGE if one address is to become two, or two are to become one */
    NetworkTerms terms() {
        requireDistinct(Pair::old, "is named twice as the old one");
        requireDistinct(Pair::next, "can't take the place of two others");
        return new NetworkTerms(
                closes,
                remapped.stream().collect(Collectors.toMap(pair -> pair.old().getHostAddress(), pair -> pair.next()
                        .getHostAddress())));
    }

    private void requireDistinct(Function<Pair<InetAddress>, InetAddress> end, String problem) {
        Set<InetAddress> seen = new HashSet<>();
        for (Pair<InetAddress> pair : remapped) {
            InetAddress address = end.apply(pair);
            if (!seen.add(address)) {
                throw Failure.of(
                        OptionCode.USAGE, "--network remap: the address " + address.getHostAddress() + " " + problem);
            }
        }
    }
}
