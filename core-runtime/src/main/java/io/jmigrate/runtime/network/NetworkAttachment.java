package io.jmigrate.runtime.network;

import io.jmigrate.runtime.config.InterfaceConfig;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.PacketSocket;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Joins a container's network namespace to bridges of the network namespace that the launcher is in: for each interface of the
 * config a veth pair, whose outer end is a port of the bridge.
 *
 * <p>The links go down and up at their outer ends: the inner interface loses its carrier and keeps its addresses and routes.
 */
public final class NetworkAttachment {
    private final NetworkConfig config;
    private final NetworkNamespace namespace;
    private final NetworkNamespace outside;
    private final NetworkTool tool;

    /**
     * @param config the interfaces
     * @param namespace the container's
     * @param outside the one that has the bridges
     * @param launcher in the one that has the bridges
     */
    public NetworkAttachment(
            NetworkConfig config, NetworkNamespace namespace, NetworkNamespace outside, Launcher launcher) {
        this.config = config;
        this.namespace = namespace;
        this.outside = outside;
        this.tool = new NetworkTool(launcher);
    }

    /**
     * Makes the interfaces and configures them; their links are up at the end. On failure none of them is left.
     *
     * @throws Failure IO with what ip(8) said, for example that there is no such bridge
     */
    public void attach() {
        attach(this::linkUp);
    }

    /** The same, but nothing passes before {@link #linkUp()}. */
    public void attachWithLinksDown() {
        attach(() -> {});
    }

    private void attach(Runnable last) {
        try {
            tool.ip("attach the container to its network", outerCommands());
            tool.ipInside(namespace, "configure the container's network", AttachmentCommands.inside(config));
            last.run();
        } catch (Failure e) {
            try {
                detach();
            } catch (Failure cleanUp) {
                e.addSuppressed(cleanUp);
            }
            throw e;
        }
    }

    /** Removes the interfaces, on both sides; those that are gone already are no error. */
    public void detach() {
        for (InterfaceConfig each : config.interfaces()) {
            String outer = outer(each);
            try {
                tool.ip("remove the interface " + outer, List.of("link delete dev " + outer));
            } catch (Failure e) {
                if (e.details().stream().noneMatch(line -> line.contains("Cannot find device"))) {
                    throw e;
                }
            }
        }
    }

    /** Lets traffic pass again. */
    public void linkUp() {
        setLinks("bring the container's links up", true);
    }

    /** Nothing enters or leaves from now on; addresses and routes stay. */
    public void linkDown() {
        setLinks("take the container's links down", false);
    }

    /** Brings the loopback interface of a new network namespace up. */
    public static void loopbackUp(NetworkNamespace namespace) {
        try {
            LinkState.set(namespace, List.of("lo"), true);
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot bring the container's loopback up: " + e.getMessage())
                    .withCause(e);
        }
    }

    private void setLinks(String purpose, boolean up) {
        try {
            LinkState.set(outside, config.interfaces().stream().map(this::outer).toList(), up);
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot " + purpose + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    /**
     * Tells the neighbours where the addresses are now: gratuitous ARP (RFC 5227, section 3) for version 4, unsolicited neighbour
     * advertisements (RFC 4861, section 7.2.6) for version 6.
     */
    public void announce() {
        for (InterfaceConfig each : config.interfaces()) {
            try (PacketSocket socket = PacketSocket.open(namespace.path(), each.name())) {
                for (String address : each.addresses()) {
                    for (byte[] frame : Announcement.frames(address, socket.hardwareAddress())) {
                        socket.send(ByteBuffer.wrap(frame));
                    }
                }
            } catch (LinuxException e) {
                throw Failure.of(
                                RuntimeCode.IO,
                                "cannot announce the addresses of the interface " + each.name() + ": " + e.getMessage())
                        .withCause(e);
            }
        }
    }

    /** The interfaces that the config asks for. */
    public List<InterfaceConfig> interfaces() {
        return config.interfaces();
    }

    /** The name of an interface's outer end, the port of the bridge. */
    public String outer(InterfaceConfig each) {
        return OuterEnd.name(namespace, each.name());
    }

    private List<String> outerCommands() {
        return config.interfaces().stream()
                .flatMap(each -> AttachmentCommands.outside(each, outer(each), namespace.path()).stream())
                .toList();
    }
}
