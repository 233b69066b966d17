package io.jmigrate.runtime.network;

import io.jmigrate.runtime.config.NetDeviceConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NetlinkSocket;
import java.util.List;
import java.util.Map;

/**
 * Moves network devices of the host into a container's namespace, where they keep their permanent global addresses and come up
 * (config-linux.md, "Network Devices"). Nothing moves them back: when the namespace ends the kernel gives physical devices to the
 * first network namespace and destroys virtual ones.
 *
 * @param outside where the devices are
 * @param inside the container's
 */
public record DeviceMove(NetworkNamespace outside, NetworkNamespace inside) {
    private static final int NEW_LINK = 16;
    private static final int ACKNOWLEDGE = 4;
    private static final int NAME = 3; // IFLA_IFNAME
    private static final int NAMESPACE_FD = 28; // IFLA_NET_NS_FD

    /**
     * Looks at all of them before the first one moves.
     *
     * @throws Failure INVALID_CONFIG if there is no such device, or the container has one of that name already; IO with the kernel's
     *     reason if it does not move one
     */
    public void move(List<NetDeviceConfig> devices) {
        if (devices.isEmpty()) {
            return;
        }
        Map<String, Integer> there = Links.of(outside);
        Map<String, Integer> taken = Links.of(inside);
        for (NetDeviceConfig device : devices) {
            require(there.containsKey(device.name()), device, "there is none of that name");
            require(
                    !taken.containsKey(device.inner()),
                    device,
                    "its network namespace has a device with the name " + device.inner() + " already");
        }
        devices.forEach(device -> move(device, there.get(device.name())));
    }

    private static void require(boolean holds, NetDeviceConfig device, String problem) {
        if (!holds) {
            throw Failure.of(RuntimeCode.INVALID_CONFIG, refusal(device) + problem);
        }
    }

    private static String refusal(NetDeviceConfig device) {
        return "cannot move the network device " + device.name() + " of the host into the container: ";
    }

    private void move(NetDeviceConfig device, int index) {
        try {
            List<InterfaceAddress> addresses = InterfaceAddress.of(outside, index).stream()
                    .filter(InterfaceAddress::isPermanentAndGlobal)
                    .toList();
            Map<String, Integer> before = Links.of(inside);
            moveLink(device, index);
            Map<String, Integer> after = Links.of(inside);
            after.keySet().removeAll(before.keySet());
            String name = device.isTemplate() ? after.keySet().iterator().next() : device.inner();
            addAddresses(addresses, after.get(name));
            LinkState.set(inside, List.of(name), true);
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, refusal(device) + e.getMessage()).withCause(e);
        }
    }

    /** In one request, so that a device whose name is taken in the container can come under another one. */
    private void moveLink(NetDeviceConfig device, int index) {
        try (Fd namespace = Descriptors.open(inside.path());
                NetlinkSocket kernel = NetlinkSocket.open(outside.path(), NetlinkSocket.Family.ROUTE)) {
            NetlinkMessage message = new NetlinkMessage(NEW_LINK, ACKNOWLEDGE)
                    .u8(0)
                    .u8(0)
                    .u16(0)
                    .i32(index)
                    .i32(0)
                    .i32(0)
                    .text(NAME, device.inner())
                    .i32(NAMESPACE_FD, namespace.number());
            kernel.request(NetlinkMessage.join(List.of(message)), 1);
        }
    }

    private void addAddresses(List<InterfaceAddress> addresses, int index) {
        if (addresses.isEmpty()) {
            return;
        }
        List<NetlinkMessage> messages =
                addresses.stream().map(address -> address.added(index)).toList();
        try (NetlinkSocket kernel = NetlinkSocket.open(inside.path(), NetlinkSocket.Family.ROUTE)) {
            kernel.request(NetlinkMessage.join(messages), messages.size());
        }
    }
}
