package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.config.DeviceRule;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs the programs as the kernel would, on the instructions that they use. */
class DeviceFilterTest {
    private static final int BLOCK = 1;
    private static final int CHARACTER = 2;
    private static final int MAKE = 1;
    private static final int READ = 2;
    private static final int WRITE = 4;

    private static DeviceRule rule(boolean allow, char type, long major, long minor, String access) {
        return new DeviceRule(allow, type, number(major), number(minor), access);
    }

    private static Optional<Long> number(long number) {
        return number < 0 ? Optional.empty() : Optional.of(number);
    }

    private static boolean allows(List<DeviceRule> rules, int type, int access, int major, int minor) {
        ByteBuffer program = DeviceFilter.of(rules);
        int[] context = {access << 16 | type, major, minor};
        int[] registers = new int[10];
        for (int at = 0; ; at++) {
            BpfInstruction next = instruction(program, at);
            int left = registers[next.target()];
            switch (next.code()) {
                case 0x61 -> registers[next.target()] = context[next.offset() / 4];
                case 0xbc -> registers[next.target()] = registers[next.source()];
                case 0xb4 -> registers[next.target()] = next.immediate();
                case 0x54 -> registers[next.target()] = left & next.immediate();
                case 0x74 -> registers[next.target()] = left >>> next.immediate();
                case 0x16 -> at += left == next.immediate() ? next.offset() : 0;
                case 0x56 -> at += left != next.immediate() ? next.offset() : 0;
                case 0x95 -> {
                    return registers[0] == 1;
                }
                default -> throw new AssertionError("instruction " + next);
            }
        }
    }

    private static BpfInstruction instruction(ByteBuffer program, int index) {
        int at = index * BpfInstruction.BYTES;
        int registers = program.get(at + 1);
        return new BpfInstruction(
                program.get(at) & 0xff,
                registers & 15,
                registers >> 4 & 15,
                program.getShort(at + 2),
                program.getInt(at + 4));
    }

    @Test
    void allowsTheDefaultDevicesAndMakingNodesWithoutAnyRule() {
        assertThat(allows(List.of(), CHARACTER, READ | WRITE, 1, 3)).isTrue();
        assertThat(allows(List.of(), CHARACTER, READ | WRITE, 136, 17)).isTrue();
        assertThat(allows(List.of(), BLOCK, MAKE, 8, 0)).isTrue();
        assertThat(allows(List.of(), CHARACTER, READ, 1, 11)).isFalse();
        assertThat(allows(List.of(), BLOCK, READ, 1, 3))
                .as("a disk of the same number")
                .isFalse();
    }

    @Test
    void allowsWhatARuleAllowsAndNothingMore() {
        List<DeviceRule> rules = List.of(rule(false, 'a', -1, -1, "rwm"), rule(true, 'b', 8, -1, "r"));

        assertThat(allows(rules, BLOCK, READ, 8, 5)).isTrue();
        assertThat(allows(rules, BLOCK, WRITE, 8, 5)).isFalse();
        assertThat(allows(rules, BLOCK, READ | WRITE, 8, 5)).isFalse();
        assertThat(allows(rules, BLOCK, READ, 9, 5)).isFalse();
    }

    @Test
    void addsUpWhatSeveralRulesAllow() {
        List<DeviceRule> rules = List.of(rule(true, 'c', 10, 229, "r"), rule(true, 'c', 10, -1, "w"));

        assertThat(allows(rules, CHARACTER, READ | WRITE, 10, 229)).isTrue();
        assertThat(allows(rules, CHARACTER, READ | WRITE, 10, 230)).isFalse();
        assertThat(allows(rules, CHARACTER, WRITE, 10, 230)).isTrue();
    }

    @Test
    void letsTheLastRuleForAnAccessCount() {
        List<DeviceRule> rules = List.of(rule(true, 'a', -1, -1, "rwm"), rule(false, 'b', 8, 0, "w"));

        assertThat(allows(rules, BLOCK, READ, 8, 0)).isTrue();
        assertThat(allows(rules, BLOCK, READ | WRITE, 8, 0)).isFalse();
        assertThat(allows(rules, BLOCK, READ | WRITE, 8, 1)).isTrue();
        assertThat(allows(List.of(rules.getLast(), rules.getFirst()), BLOCK, WRITE, 8, 0))
                .isTrue();
    }

    @Test
    void canNotTakeTheDefaultDevicesAway() {
        assertThat(allows(List.of(rule(false, 'c', 1, 3, "rwm")), CHARACTER, READ, 1, 3))
                .isTrue();
    }
}
