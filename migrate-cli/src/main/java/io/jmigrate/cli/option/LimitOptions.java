package io.jmigrate.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.spec.ResourcesChange;
import java.math.BigInteger;
import java.util.function.Consumer;

/** Limits as options, with runc's names: each sets one field of an object like linux.resources in config.json. */
public final class LimitOptions {
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final Unsupported unsupported = new Unsupported();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        number(verb, "--blkio-weight", "N", "Weight of block I/O, 10 to 1000.", "blockIO", "weight");
        number(verb, "--cpu-period", "MICROS", "Period of the CPU quota.", "cpu", "period");
        number(verb, "--cpu-quota", "MICROS", "CPU time in a period; -1 for unlimited.", "cpu", "quota");
        number(verb, "--cpu-burst", "MICROS", "Unused CPU time that may be saved up.", "cpu", "burst");
        number(verb, "--cpu-share", "N", "Weight of CPU time, 2 to 262144.", "cpu", "shares");
        number(verb, "--cpu-rt-period", "MICROS", "Period of realtime scheduling.", "cpu", "realtimePeriod");
        number(verb, "--cpu-rt-runtime", "MICROS", "Realtime CPU time in a period.", "cpu", "realtimeRuntime");
        number(verb, "--cpu-idle", "N", "1 for SCHED_IDLE, 0 for the ordinary kind.", "cpu", "idle");
        text(verb, "--cpuset-cpus", "CPUs to use, such as 0-3,7.", "cpus");
        text(verb, "--cpuset-mems", "Memory nodes to use.", "mems");
        bytes(verb, "--memory", "Most memory; -1 for unlimited.", "limit");
        bytes(verb, "--memory-reservation", "Memory that is left alone under pressure.", "reservation");
        bytes(verb, "--memory-swap", "Most memory and swap together; -1 for unlimited.", "swap");
        number(verb, "--pids-limit", "N", "Most tasks; -1 for unlimited.", "pids", "limit");
        unsupported.option(verb, "--kernel-memory", "BYTES", "kernels don't limit it by itself any more");
        unsupported.option(verb, "--kernel-memory-tcp", "BYTES", "give kernelTCP with --resources");
        unsupported.option(verb, "--l3-cache-schema", "SCHEMA", "Intel RDT is not used");
        unsupported.option(verb, "--mem-bw-schema", "SCHEMA", "Intel RDT is not used");
        return verb;
    }

    private void number(Declaration verb, String name, String label, String description, String object, String field) {
        verb.option(name, label, description, LimitOptions::integer, value -> set(object, to -> to.put(field, value)));
    }

    private void text(Declaration verb, String name, String description, String field) {
        verb.option(name, "LIST", description, text -> text, value -> set("cpu", to -> to.put(field, value)));
    }

    private void bytes(Declaration verb, String name, String description, String field) {
        verb.option(name, "BYTES", description, Bytes::orUnlimited, value -> set("memory", to -> to.put(field, value)));
    }

    private void set(String object, Consumer<ObjectNode> put) {
        put.accept(document.withObject("/" + object));
    }

    private static BigInteger integer(String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a whole number", e);
        }
    }

    /** What was given. @throws io.jmigrate.runtime.failure.Failure OPTION_UNSUPPORTED */
    public ResourcesChange change() {
        unsupported.refuse();
        return new ResourcesChange(document);
    }
}
