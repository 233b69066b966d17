package io.jmigrate.criu.log;

import java.util.List;

/** Causes that lie in sockets and networks. */
final class SocketCauses {
    private static final String OTHER_CRIU = "install a newer CRIU, or name one: --criu FILE";
    private static final String CLOSE_IT = "let the program close it, or end that process";
    private static final String TRY_AGAIN = "try again";

    static final List<KnownCause> ALL = List.of(
            KnownCause.of(
                    "Can't get 1:16 opt: Operation not supported|Can't get 1:34 opt",
                    "this CRIU is too old for the sockets of this kernel",
                    OTHER_CRIU),
            KnownCause.of(
                    "In-flight connection",
                    "a client has connected, and no process has accepted it yet",
                    "try again, or leave such connections out: --tcp-skip-in-flight"),
            KnownCause.of(
                    "Connected TCP socket, consider using",
                    "a process has an open TCP connection",
                    "keep or close connections at the restore as at the checkpoint: --tcp-close"),
            KnownCause.of(
                    "Need to set the --tcp-close options",
                    "connections were left out at the checkpoint",
                    "close them at the restore too: --tcp-close"),
            KnownCause.of(
                    "Can't dump half of stream unix connection|External socket is used",
                    "a process is connected to a Unix socket outside the container",
                    "end that connection, such as one to a log daemon or a bus"),
            KnownCause.of(
                    "Unix socket \\d+ (without peer|not found)",
                    "a process is connected to a Unix socket of another network namespace",
                    "end that connection, such as one to a log daemon or a bus of the host"),
            KnownCause.of(
                    "unix: Can't connect \\d+ socket",
                    "a Unix socket outside, to which a restored process sends datagrams, is not there",
                    "start what listens there, such as a log daemon"),
            KnownCause.of(
                    "unix: Can't bind id .*Address already in use",
                    "somebody else has a Unix socket of the same abstract name",
                    "end that program, or give the container a network namespace of its own"),
            KnownCause.of(
                    "Can't bind inet socket.*Cannot assign requested address",
                    "an address of a socket does not exist here",
                    "give the container's network the addresses that it had"),
            KnownCause.of(
                    "Can't bind inet socket.*Address already in use",
                    "somebody else listens on a port of the container",
                    "end that program, or give the container a network namespace of its own"),
            KnownCause.of(
                    "inet: Unsupported proto|sockets: BUG! Unknown socket",
                    "a socket is of a family or protocol that CRIU can't dump",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't dump corked dgram socket",
                    "a UDP socket holds data back until its datagram is complete (UDP_CORK)",
                    TRY_AGAIN),
            KnownCause.of(
                    "skqueue: Control messages in queue",
                    "descriptors or credentials are on their way through a Unix socket, and nobody has received them yet",
                    TRY_AGAIN),
            KnownCause.of(
                    "netlink: The socket has data to read",
                    "the kernel's answers wait in a netlink socket, and nobody has read them yet",
                    TRY_AGAIN),
            KnownCause.of(
                    "Locking network failed|kerndat_has_nftables_concat failed",
                    "the container's network can't be locked: neither nftables nor iptables work here",
                    "install nftables, or load the kernel's module nf_tables"),
            KnownCause.of(
                    "net: Unsupported link",
                    "a network device is of a kind that CRIU can't make",
                    "give the container's network devices by its config instead"),
            KnownCause.of(
                    "net: Can't restore link",
                    "a network device can't be made: its name is taken, or its other end is missing",
                    "give the container's network devices by its config instead"));

    private SocketCauses() {}
}
