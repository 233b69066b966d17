package io.jmigrate.runtime.config;

import io.jmigrate.runtime.json.JsonFields;
import io.jmigrate.runtime.json.JsonPath;
import java.util.Optional;
import java.util.Set;

/**
 * A route in a container's network namespace (ip-route(8)).
 *
 * @param destination with prefix length, {@code 0.0.0.0/0} or {@code ::/0} for the default route
 * @param via the gateway; absent: the destination is on the link
 * @param dev the interface; absent: the one whose network the gateway is in
 * @param metric the smaller one is preferred; absent: the kernel's own (0 for version 4, 1024 for version 6)
 */
public record RouteConfig(String destination, Optional<String> via, Optional<String> dev, Optional<Long> metric) {
    private static final Set<String> FIELDS = Set.of("destination", "via", "dev", "metric");
    private static final long METRIC_MAX = 0xffff_ffffL;
    private static final String DEFAULT = "default";
    private static final String DEFAULT_V4 = "0.0.0.0/0";
    private static final String DEFAULT_V6 = "::/0";

    /** @param interfaces the names of those that the container has */
    static RouteConfig read(JsonFields in, Set<String> interfaces) {
        in.refuseOthersThan(FIELDS);
        Optional<String> via = in.text("via");
        Optional<String> dev = in.text("dev");
        String destination = destination(in.requiredText("destination"), via);
        if (!destination.isEmpty() && !IpText.isWithPrefix(destination)) {
            refuse(in, "destination", "must be an address with prefix length or \"default\"", destination);
        }
        via.filter(text -> !IpText.isAddress(text)).ifPresent(text -> refuse(in, "via", "must be an IP address", text));
        via.filter(text -> IpText.isAddress(text) && IpText.isV6(text) != IpText.isV6(destination))
                .ifPresent(text -> refuse(in, "via", "must be of the same version as the destination", text));
        dev.filter(text -> !interfaces.contains(text))
                .ifPresent(text -> refuse(in, "dev", "must be one of the interfaces", text));
        if (via.isEmpty() && dev.isEmpty()) {
            in.problems().invalid(in.path(), "needs a gateway (via), an interface (dev), or both");
        }
        return new RouteConfig(destination, via, dev, in.integer("metric", 0, METRIC_MAX));
    }

    /** The gateway tells of which version a default route is. */
    private static String destination(String text, Optional<String> via) {
        if (!text.equals(DEFAULT)) {
            return text;
        }
        return via.filter(IpText::isV6).isPresent() ? DEFAULT_V6 : DEFAULT_V4;
    }

    private static void refuse(JsonFields in, String field, String rule, String text) {
        in.problems().invalid(in.path(field), rule + ", is " + JsonPath.quote(text));
    }

    /** The default route of an interface. */
    static RouteConfig toGateway(String gateway, String dev) {
        return new RouteConfig(
                destination(DEFAULT, Optional.of(gateway)), Optional.of(gateway), Optional.of(dev), Optional.empty());
    }
}
