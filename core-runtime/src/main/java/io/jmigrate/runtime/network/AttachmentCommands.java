package io.jmigrate.runtime.network;

import io.jmigrate.runtime.config.InterfaceConfig;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.config.RouteConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What ip(8) is told to do for a container's network. Texts of the config were checked: none needs to be quoted. */
final class AttachmentCommands {
    private AttachmentCommands() {}

    /**
     * In the namespace that has the bridges: makes a veth pair and its outer end a port of the bridge.
     *
     * @param outer the name of that end
     * @param namespace where the other end is born
     */
    static List<String> outside(InterfaceConfig each, String outer, Path namespace) {
        String mtu = each.mtu().map(bytes -> " mtu " + bytes).orElse("");
        String mac = each.mac().map(address -> " address " + address).orElse("");
        return List.of(
                "link add name " + outer + mtu + " type veth peer name " + each.name() + mac + mtu + " netns "
                        + namespace,
                "link set dev " + outer + " master " + each.bridge());
    }

    /** In the container's: routes at last, when the interfaces that they lead to are up. */
    static List<String> inside(NetworkConfig config) {
        List<String> commands = new ArrayList<>(List.of("link set dev lo up"));
        config.interfaces().forEach(each -> commands.addAll(inside(each)));
        config.allRoutes().forEach(route -> commands.add(inside(route)));
        return commands;
    }

    /** Without duplicate address detection a v6 address is usable at once: nobody else has it, or migration would be wrong. */
    private static List<String> inside(InterfaceConfig each) {
        List<String> commands = new ArrayList<>();
        for (String address : each.addresses()) {
            String nodad = address.contains(":") ? " nodad" : "";
            commands.add("address add " + address + " dev " + each.name() + nodad);
        }
        commands.add("link set dev " + each.name() + " up");
        return commands;
    }

    private static String inside(RouteConfig route) {
        return "route add " + route.destination()
                + route.via().map(gateway -> " via " + gateway).orElse("")
                + route.dev().map(name -> " dev " + name).orElse("")
                + route.metric().map(number -> " metric " + number).orElse("");
    }
}
