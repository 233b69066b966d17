package io.jmigrate.runtime.network;

import java.util.List;
import java.util.function.Consumer;

/**
 * The table of nftables that is the {@link NetworkLock}, as messages to the kernel (linux/netfilter/nf_tables.h): two chains, for
 * what comes in and what goes out, which drop everything but what CRIU has marked.
 */
final class LockTable {
    private static final String NAME = "jmigrate-lock";

    private static final int SUBSYSTEM = 10 << 8; // NFNL_SUBSYS_NFTABLES
    private static final int NEW_TABLE = SUBSYSTEM;
    private static final int GET_TABLE = SUBSYSTEM | 1;
    private static final int DELETE_TABLE = SUBSYSTEM | 2;
    private static final int NEW_CHAIN = SUBSYSTEM | 3;
    private static final int NEW_RULE = SUBSYSTEM | 6;
    private static final int DELETE_RULE = SUBSYSTEM | 8;

    private static final int ACKNOWLEDGE = 4;
    private static final int DUMP = 0x300; // NLM_F_DUMP
    private static final int CREATE = 0x400;
    private static final int APPEND = 0x800;
    private static final int INET = 1; // NFPROTO_INET

    private static final int DORMANT = 1;
    private static final int INPUT = 1; // NF_INET_LOCAL_IN
    private static final int OUTPUT = 3; // NF_INET_LOCAL_OUT
    private static final int PRIORITY = -400; // before connection tracking and all tables that a container may have
    private static final int DROP = 0;
    private static final int ACCEPT = 1;
    private static final int META_MARK = 3;
    private static final int EQUAL = 0;
    private static final int VERDICT_REGISTER = 0;
    private static final int REGISTER = 1;

    /** Of CRIU's own packets: it brings a half-closed connection into its state by sending it a FIN (soccr/soccr.h). */
    private static final int CRIU_MARK = 0xc114;

    private LockTable() {}

    /** Makes it, or wakes it up. */
    static List<NetlinkMessage> awake() {
        return List.of(
                table(0),
                chain("in", INPUT),
                chain("out", OUTPUT),
                noRules("in"),
                noRules("out"),
                acceptMarked("in"),
                acceptMarked("out"));
    }

    /** It is there and does nothing. */
    static List<NetlinkMessage> dormant() {
        return List.of(table(DORMANT));
    }

    /** It is gone, whether it was there or not. */
    static List<NetlinkMessage> gone() {
        return List.of(table(DORMANT), delete(NAME));
    }

    /** One with that name is gone. */
    static NetlinkMessage delete(String name) {
        return message(DELETE_TABLE, 0).text(1, name);
    }

    /** Asks which there are of this family. */
    static NetlinkMessage list() {
        return header(new NetlinkMessage(GET_TABLE, DUMP), INET, 0);
    }

    private static NetlinkMessage message(int type, int flags) {
        return header(new NetlinkMessage(type, ACKNOWLEDGE | flags), INET, 0);
    }

    /** The fixed part of all messages about packet filters (struct nfgenmsg); the number is in network byte order. */
    static NetlinkMessage header(NetlinkMessage message, int family, int number) {
        return message.u8(family).u8(0).u8(number >>> 8).u8(number & 0xff);
    }

    private static NetlinkMessage table(int flags) {
        return message(NEW_TABLE, CREATE).text(1, NAME).be32(2, flags);
    }

    private static NetlinkMessage chain(String name, int hook) {
        return message(NEW_CHAIN, CREATE)
                .text(1, NAME)
                .text(3, name)
                .nested(4, it -> it.be32(1, hook).be32(2, PRIORITY))
                .be32(5, DROP)
                .text(7, "filter");
    }

    private static NetlinkMessage noRules(String chain) {
        return message(DELETE_RULE, 0).text(1, NAME).text(2, chain);
    }

    private static NetlinkMessage acceptMarked(String chain) {
        return message(NEW_RULE, CREATE | APPEND).text(1, NAME).text(2, chain).nested(4, expressions -> {
            expression(expressions, "meta", it -> it.be32(1, REGISTER).be32(2, META_MARK));
            expression(expressions, "cmp", it -> it.be32(1, REGISTER)
                    .be32(2, EQUAL)
                    .nested(3, data -> data.i32(1, CRIU_MARK)));
            expression(expressions, "immediate", it -> it.be32(1, VERDICT_REGISTER)
                    .nested(2, data -> data.nested(2, verdict -> verdict.be32(1, ACCEPT))));
        });
    }

    private static void expression(NetlinkMessage list, String name, Consumer<NetlinkMessage> data) {
        list.nested(1, element -> element.text(1, name).nested(2, data));
    }
}
