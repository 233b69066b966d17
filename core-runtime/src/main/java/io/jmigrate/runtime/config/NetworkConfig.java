package io.jmigrate.runtime.config;

import io.jmigrate.runtime.json.JsonFields;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problems;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The network that the annotation {@value #ANNOTATION} asks for, a JSON document such as
 *
 * <pre>{"interfaces":[{"name":"eth0","bridge":"jm0","address":["10.88.0.5/24"],
 *   "mac":"02:42:0a:58:00:05","gateway":"10.88.0.1"}],
 *  "routes":[{"destination":"10.99.0.0/16","via":"10.88.0.2"}]}</pre>
 *
 * <p>docs/network.md describes all of it.
 *
 * @param interfaces at least one; names are unique
 * @param routes besides the default routes of interfaces with a gateway
 */
public record NetworkConfig(List<InterfaceConfig> interfaces, List<RouteConfig> routes) {
    public static final String ANNOTATION = "io.jmigrate.network";

    /**
     * Reads the annotation's text.
     *
     * @param path of the annotation, under which problems are noted
     * @return absent when there are problems
     */
    public static Optional<NetworkConfig> parse(String json, String path, Problems problems) {
        Problems found = new Problems();
        NetworkConfig config = read(json, path, found);
        problems.addAll(found.list());
        return found.isEmpty() ? Optional.of(config) : Optional.empty();
    }

    /** Those of gateways first. */
    public List<RouteConfig> allRoutes() {
        Stream<RouteConfig> ofGateways = interfaces.stream()
                .flatMap(each -> each.gateway().map(gateway -> RouteConfig.toGateway(gateway, each.name())).stream());
        return Stream.concat(ofGateways, routes.stream()).toList();
    }

    private static NetworkConfig read(String json, String path, Problems problems) {
        try {
            var tree = JsonText.parse(json.getBytes(StandardCharsets.UTF_8), path, problems);
            JsonFields fields = JsonFields.of(tree, path, problems);
            fields.refuseOthersThan(Set.of("interfaces", "routes"));
            List<InterfaceConfig> interfaces = fields.objects("interfaces", InterfaceConfig::read);
            checkNames(interfaces, fields);
            Set<String> names = interfaces.stream().map(InterfaceConfig::name).collect(Collectors.toSet());
            return new NetworkConfig(interfaces, fields.objects("routes", route -> RouteConfig.read(route, names)));
        } catch (MalformedJsonException e) {
            problems.invalid(path, "is not JSON: " + e.getMessage());
            return new NetworkConfig(List.of(), List.of());
        }
    }

    private static void checkNames(List<InterfaceConfig> interfaces, JsonFields fields) {
        if (interfaces.isEmpty() && fields.problems().isEmpty()) {
            fields.problems().invalid(fields.path("interfaces"), "must name at least one interface");
        }
        Set<String> names = new HashSet<>();
        for (InterfaceConfig each : interfaces) {
            if (!each.name().isEmpty() && !names.add(each.name())) {
                fields.problems().invalid(fields.path("interfaces"), "names the interface " + each.name() + " twice");
            }
        }
    }
}
