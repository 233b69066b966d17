package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.linux.MountAttribute;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.plan.step.AttachTree;
import io.jmigrate.runtime.plan.step.MakeNode;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.OpenMappedTree;
import io.jmigrate.runtime.plan.step.ReconfigureMount;
import io.jmigrate.runtime.plan.step.SetMountAttributes;
import io.jmigrate.runtime.wire.WireWriter;

/** Writes the steps about mounts and what they consist of, as {@link PlanEncoder} has it. */
final class MountFields {
    private MountFields() {}

    static WireWriter of(Mount step) {
        return PlanEncoder.op(13)
                .string(step.source())
                .string(step.target())
                .string(step.fstype())
                .u64(MountFlag.bits(step.flags()))
                .u64(MountFlag.bits(step.cleared()))
                .u64(step.propagation().map(Propagation::bits).orElse(0L))
                .string(step.data())
                .u32(step.create() == Mount.Target.FILE ? 1 : 0)
                .u32(step.copiesUp() ? 1 : 0);
    }

    static WireWriter of(AttachTree step) {
        return PlanEncoder.op(78)
                .u32(step.tree())
                .string(step.target())
                .u64(MountFlag.bits(step.flags()))
                .u64(MountFlag.bits(step.cleared()))
                .u64(step.propagation().map(Propagation::bits).orElse(0L))
                .u32(step.create() == Mount.Target.FILE ? 1 : 0);
    }

    static WireWriter of(MakeNode step) {
        return PlanEncoder.op(15)
                .string(step.path())
                .u32(step.type().bits())
                .u32(step.major())
                .u32(step.minor())
                .u32(step.mode())
                .u32(step.uid())
                .u32(step.gid());
    }

    static WireWriter of(OpenMappedTree step) {
        return PlanEncoder.op(77)
                .string(step.source())
                .u32(step.recursive() ? 1 : 0)
                .u32(step.mapsTree() ? 1 : 0)
                .string(PlanEncoder.mapText(step.uidMap()))
                .string(PlanEncoder.mapText(step.gidMap()));
    }

    static WireWriter of(SetMountAttributes step) {
        return PlanEncoder.op(76)
                .string(step.target())
                .u64(MountAttribute.bits(step.set()))
                .u64(MountAttribute.clearedBits(step.set(), step.cleared()));
    }

    static WireWriter of(ReconfigureMount step) {
        return PlanEncoder.op(90)
                .string(step.target())
                .u32(step.mountPoint() ? 1 : 0)
                .u64(MountFlag.bits(step.flags()))
                .u64(MountFlag.bits(step.cleared()))
                .string(step.data());
    }
}
