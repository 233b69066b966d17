package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.DeviceRule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates device rules to a program for a v2 cgroup (cgroup-v2.rst, "Device controller"): eBPF instructions of eight bytes that
 * the kernel runs for every open(2) and mknod(2) of a device and that answer 1 to allow it. Of the rules that speak of a device the
 * last one counts, for each kind of access by itself; what no rule speaks of is denied.
 *
 * <p>The program is given {@code struct bpf_cgroup_dev_ctx}: u32 type in the lower half and access in the upper, u32 major, u32
 * minor. It goes through the rules from the last to the first, and takes from the access what a rule allows; nothing left is
 * allowed, anything left that a rule denies is denied.
 */
final class DeviceFilter {
    private static final int TYPE_BLOCK = 1;
    private static final int TYPE_CHARACTER = 2;
    private static final int ACCESS_MAKE_NODE = 1;
    private static final int ACCESS_READ = 2;
    private static final int ACCESS_WRITE = 4;

    private static final int ANSWER = 0;
    private static final int CONTEXT = 1;
    private static final int TYPE = 2;
    private static final int ACCESS = 3;
    private static final int MAJOR = 4;
    private static final int MINOR = 5;
    private static final int SCRATCH = 6;

    private final List<BpfInstruction> instructions = new ArrayList<>();

    private DeviceFilter() {}

    /** The rules of a config, and after them what every container may use. */
    static ByteBuffer of(List<DeviceRule> rules) {
        DeviceFilter filter = new DeviceFilter();
        filter.readAccess();
        AllowedDevices.after(rules).reversed().forEach(filter::rule);
        filter.instructions.add(BpfInstruction.set(ANSWER, 0));
        filter.instructions.add(BpfInstruction.end());
        return filter.program();
    }

    private void readAccess() {
        instructions.add(BpfInstruction.load(TYPE, CONTEXT, 0));
        instructions.add(BpfInstruction.copy(ACCESS, TYPE));
        instructions.add(BpfInstruction.and(TYPE, 0xffff));
        instructions.add(BpfInstruction.shiftRight(ACCESS, 16));
        instructions.add(BpfInstruction.load(MAJOR, CONTEXT, 4));
        instructions.add(BpfInstruction.load(MINOR, CONTEXT, 8));
    }

    /** Leaves the rule, for the one before it, when a condition doesn't hold. */
    private void rule(DeviceRule rule) {
        List<Condition> conditions = conditions(rule);
        List<BpfInstruction> verdict = rule.allow() ? allowed(access(rule)) : denied(access(rule));
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            int rest = conditions.size() - 1 - i + verdict.size();
            instructions.add(BpfInstruction.jumpIfNot(condition.register(), condition.value(), rest));
        }
        instructions.addAll(verdict);
    }

    private record Condition(int register, int value) {}

    private static List<Condition> conditions(DeviceRule rule) {
        List<Condition> conditions = new ArrayList<>();
        if (rule.matchesAll()) {
            return conditions;
        }
        conditions.add(new Condition(TYPE, rule.type() == 'b' ? TYPE_BLOCK : TYPE_CHARACTER));
        rule.major().ifPresent(number -> conditions.add(new Condition(MAJOR, number.intValue())));
        rule.minor().ifPresent(number -> conditions.add(new Condition(MINOR, number.intValue())));
        return conditions;
    }

    /** Allows if nothing is left of the access. */
    private static List<BpfInstruction> allowed(int access) {
        return List.of(
                BpfInstruction.and(ACCESS, ~access),
                BpfInstruction.jumpIfNot(ACCESS, 0, 2),
                BpfInstruction.set(ANSWER, 1),
                BpfInstruction.end());
    }

    /** Denies if the access, or what is left of it, is among what the rule denies. */
    private static List<BpfInstruction> denied(int access) {
        return List.of(
                BpfInstruction.copy(SCRATCH, ACCESS),
                BpfInstruction.and(SCRATCH, access),
                BpfInstruction.jumpIf(SCRATCH, 0, 2),
                BpfInstruction.set(ANSWER, 0),
                BpfInstruction.end());
    }

    private static int access(DeviceRule rule) {
        int access = 0;
        for (char letter : rule.access().toCharArray()) {
            access |= switch (letter) {
                case 'r' -> ACCESS_READ;
                case 'w' -> ACCESS_WRITE;
                case 'm' -> ACCESS_MAKE_NODE;
                default -> throw new IllegalArgumentException("not an access to a device: " + rule.access());
            };
        }
        return access;
    }

    private ByteBuffer program() {
        ByteBuffer program =
                ByteBuffer.allocate(instructions.size() * BpfInstruction.BYTES).order(ByteOrder.nativeOrder());
        instructions.forEach(instruction -> instruction.write(program));
        return program.flip();
    }
}
