package io.jmigrate.runtime.network;

import java.util.function.Consumer;

/**
 * Composes messages to the kernel about one table of nftables, for both versions of IP (linux/netfilter/nf_tables.h).
 *
 * @param name of the table
 */
record FilterTable(String name) {
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
    private static final int PRIORITY = -400; // before connection tracking and all tables that a container may have
    private static final int EQUAL = 0;
    private static final int VERDICT_REGISTER = 0;
    private static final int REGISTER = 1;

    static final int DORMANT = 1;
    static final int OWNED = 2;
    static final int INPUT = 1; // NF_INET_LOCAL_IN
    static final int OUTPUT = 3; // NF_INET_LOCAL_OUT
    static final int DROP = 0;
    static final int ACCEPT = 1;

    private static final int META_MARK = 3;

    /** Of CRIU's own packets: it brings a half-closed connection into its state by sending it a FIN (soccr/soccr.h). */
    private static final int CRIU_MARK = 0xc114;

    /** Asks which there are of this family. */
    static NetlinkMessage list() {
        return header(new NetlinkMessage(GET_TABLE, DUMP), INET, 0);
    }

    /** The fixed part of all messages about packet filters (struct nfgenmsg); the number is in network byte order. */
    static NetlinkMessage header(NetlinkMessage message, int family, int number) {
        return message.u8(family).u8(0).u8(number >>> 8).u8(number & 0xff);
    }

    private static NetlinkMessage message(int type, int flags) {
        return header(new NetlinkMessage(type, ACKNOWLEDGE | flags), INET, 0);
    }

    /** It is there, and has these flags. */
    NetlinkMessage made(int flags) {
        return message(NEW_TABLE, CREATE).text(1, name).be32(2, flags);
    }

    /** It is gone. */
    NetlinkMessage deleted() {
        return message(DELETE_TABLE, 0).text(1, name);
    }

    /** A chain that sees all packets at a hook, and does this with those that no rule is for. */
    NetlinkMessage chain(String chain, int hook, int policy) {
        return message(NEW_CHAIN, CREATE)
                .text(1, name)
                .text(3, chain)
                .nested(4, it -> it.be32(1, hook).be32(2, PRIORITY))
                .be32(5, policy)
                .text(7, "filter");
    }

    /** None of a chain's rules is left. */
    NetlinkMessage noRules(String chain) {
        return message(DELETE_RULE, 0).text(1, name).text(2, chain);
    }

    /** One more rule: what to do with packets that CRIU has marked. */
    NetlinkMessage acceptMarked(String chain) {
        return rule(chain, ACCEPT, expressions -> {
            meta(expressions, META_MARK);
            equals(expressions, it -> it.i32(1, CRIU_MARK));
        });
    }

    /** One more rule: a verdict on packets for which the expressions hold. */
    NetlinkMessage rule(String chain, int verdict, Consumer<NetlinkMessage> expressions) {
        return message(NEW_RULE, CREATE | APPEND).text(1, name).text(2, chain).nested(4, list -> {
            expressions.accept(list);
            expression(list, "immediate", it -> it.be32(1, VERDICT_REGISTER)
                    .nested(2, data -> data.nested(2, value -> value.be32(1, verdict))));
        });
    }

    /** Loads something that is known of a packet. */
    static void meta(NetlinkMessage list, int key) {
        expression(list, "meta", it -> it.be32(1, REGISTER).be32(2, key));
    }

    /** Loads bytes of a packet. */
    static void payload(NetlinkMessage list, int base, int offset, int bytes) {
        expression(
                list,
                "payload",
                it -> it.be32(1, REGISTER).be32(2, base).be32(3, offset).be32(4, bytes));
    }

    /** Holds if what was loaded is this. @param value sets the attribute 1 to it */
    static void equals(NetlinkMessage list, Consumer<NetlinkMessage> value) {
        expression(list, "cmp", it -> it.be32(1, REGISTER).be32(2, EQUAL).nested(3, value));
    }

    private static void expression(NetlinkMessage list, String kind, Consumer<NetlinkMessage> data) {
        list.nested(1, element -> element.text(1, kind).nested(2, data));
    }
}
