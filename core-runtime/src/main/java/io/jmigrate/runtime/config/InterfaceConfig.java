package io.jmigrate.runtime.config;

import io.jmigrate.runtime.json.JsonFields;
import io.jmigrate.runtime.json.JsonPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An interface of a container: one end of a veth pair whose other end is in a bridge.
 *
 * @param name inside the container
 * @param bridge in the network namespace that the container was created from
 * @param addresses with prefix length, {@code 10.88.0.5/24}
 * @param mac absent means that the kernel chooses
 * @param mtu the largest packet, in bytes; absent means the kernel's 1500
 * @param gateway of the default route; absent means no default route
 */
public record InterfaceConfig(
        String name,
        String bridge,
        List<String> addresses,
        Optional<String> mac,
        Optional<Long> mtu,
        Optional<String> gateway) {
    /** IFNAMSIZ without the closing NUL; the characters are those that no tool needs to have quoted. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");

    /** A unicast address: the lowest bit of the first byte is clear. */
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F][02468aceACE](:[0-9a-fA-F]{2}){5}");

    private static final Set<String> FIELDS = Set.of("name", "bridge", "address", "mac", "mtu", "gateway");

    /** The least that every host has to take in one piece (RFC 791, RFC 8200 section 5), and the most of a veth. */
    private static final int MTU_MIN = 68;

    private static final int MTU_MIN_V6 = 1280;
    private static final int MTU_MAX = 65_535;

    static InterfaceConfig read(JsonFields in) {
        in.refuseOthersThan(FIELDS);
        String name = in.requiredText("name");
        String bridge = in.requiredText("bridge");
        List<String> addresses = in.texts("address");
        Optional<String> mac = in.text("mac");
        Optional<Long> mtu =
                in.integer("mtu", addresses.stream().anyMatch(IpText::isV6) ? MTU_MIN_V6 : MTU_MIN, MTU_MAX);
        Optional<String> gateway = in.text("gateway");
        checkName(in, "name", name);
        checkName(in, "bridge", bridge);
        for (int i = 0; i < addresses.size(); i++) {
            check(
                    in,
                    JsonPath.element(in.path("address"), i),
                    addresses.get(i),
                    IpText::isWithPrefix,
                    "an address with prefix length");
        }
        mac.ifPresent(text -> check(in, in.path("mac"), text, MAC.asMatchPredicate(), "a unicast MAC address"));
        gateway.ifPresent(text -> check(in, in.path("gateway"), text, IpText::isAddress, "an IP address"));
        return new InterfaceConfig(name, bridge, addresses, mac, mtu, gateway);
    }

    private static void checkName(JsonFields in, String field, String name) {
        if (!name.isEmpty()) {
            check(in, in.path(field), name, NAME.asMatchPredicate(), "an interface name");
        }
    }

    private static void check(JsonFields in, String path, String text, Predicate<String> valid, String what) {
        if (!valid.test(text)) {
            in.problems().invalid(path, "must be " + what + ", is " + JsonPath.quote(text));
        }
    }
}
