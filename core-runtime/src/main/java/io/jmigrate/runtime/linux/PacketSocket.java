package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends whole Ethernet frames from one interface of a network namespace (packet(7)). It receives nothing. */
public final class PacketSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final long SOCK_RAW_CLOEXEC = 3 | 02000000;
    private static final long SIOCGIFHWADDR = 0x8927;
    private static final long SIOCGIFINDEX = 0x8933;
    private static final int NAME_BYTES = 16; // IFNAMSIZ
    private static final int REQUEST_BYTES = 40; // struct ifreq
    private static final int ADDRESS_BYTES = 20; // struct sockaddr_ll
    private static final int HARDWARE_ADDRESS_OFFSET = 18; // name, then the family of a struct sockaddr
    private static final int HARDWARE_ADDRESS_BYTES = 6;

    private final Fd socket;
    private final byte[] hardwareAddress;

    private PacketSocket(Fd socket, byte[] hardwareAddress) {
        this.socket = socket;
        this.hardwareAddress = hardwareAddress;
    }

    /**
     * Opens a socket in another network namespace.
     *
     * @param namespace for example {@code /proc/42/ns/net}
     * @param networkInterface for example {@code eth0}
     * @throws LinuxException ENOENT or ENODEV if there is no such namespace or interface
     */
    public static PacketSocket open(Path namespace, String networkInterface) {
        return NamespaceVisit.to(namespace, () -> openInside(networkInterface));
    }

    private static PacketSocket openInside(String networkInterface) {
        Fd socket = Fd.of((int) SystemCall.SOCKET.on("AF_PACKET", AF_PACKET, SOCK_RAW_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            bind(arena, socket, networkInterface);
            MemorySegment request = request(arena, networkInterface);
            SystemCall.IOCTL.on(networkInterface, socket.number(), SIOCGIFHWADDR, request.address());
            byte[] address = request.asSlice(HARDWARE_ADDRESS_OFFSET, HARDWARE_ADDRESS_BYTES)
                    .toArray(ValueLayout.JAVA_BYTE);
            return new PacketSocket(socket, address);
        } catch (RuntimeException e) {
            try (socket) {
                throw e;
            }
        }
    }

    private static void bind(Arena arena, Fd socket, String networkInterface) {
        MemorySegment request = request(arena, networkInterface);
        SystemCall.IOCTL.on(networkInterface, socket.number(), SIOCGIFINDEX, request.address());
        MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(ValueLayout.JAVA_INT, 4, request.get(ValueLayout.JAVA_INT, NAME_BYTES));
        SystemCall.BIND.on(networkInterface, socket.number(), address.address(), ADDRESS_BYTES);
    }

    private static MemorySegment request(Arena arena, String networkInterface) {
        byte[] name = networkInterface.getBytes(StandardCharsets.UTF_8);
        if (name.length >= NAME_BYTES) {
            throw new LinuxException("ioctl", Errno.ENODEV, networkInterface);
        }
        MemorySegment request = arena.allocate(REQUEST_BYTES, Integer.BYTES);
        request.asByteBuffer().put(name);
        return request;
    }

    /** The six bytes of the interface's MAC address. */
    public byte[] hardwareAddress() {
        return hardwareAddress.clone();
    }

    /** Sends one frame, from the destination's address to the end of the payload. */
    public void send(ByteBuffer frame) {
        Descriptors.write(socket, frame);
    }

    @Override
    public void close() {
        socket.close();
    }
}
