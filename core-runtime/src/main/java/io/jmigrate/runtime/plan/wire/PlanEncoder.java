package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.config.MemoryPolicy;
import io.jmigrate.runtime.config.Scheduler;
import io.jmigrate.runtime.config.SysctlKey;
import io.jmigrate.runtime.config.TimeOffset;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.AttachTree;
import io.jmigrate.runtime.plan.step.AwaitRuntime;
import io.jmigrate.runtime.plan.step.AwaitStart;
import io.jmigrate.runtime.plan.step.BindNode;
import io.jmigrate.runtime.plan.step.BindRoot;
import io.jmigrate.runtime.plan.step.Capabilities;
import io.jmigrate.runtime.plan.step.ChangeDirectory;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Domainname;
import io.jmigrate.runtime.plan.step.ExecLabel;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.Home;
import io.jmigrate.runtime.plan.step.Hostname;
import io.jmigrate.runtime.plan.step.IdMapping;
import io.jmigrate.runtime.plan.step.JoinCgroup;
import io.jmigrate.runtime.plan.step.JoinKeyring;
import io.jmigrate.runtime.plan.step.JoinNamespace;
import io.jmigrate.runtime.plan.step.KeepCaps;
import io.jmigrate.runtime.plan.step.ListenPid;
import io.jmigrate.runtime.plan.step.LoopbackUp;
import io.jmigrate.runtime.plan.step.MakeDirectory;
import io.jmigrate.runtime.plan.step.MakeNode;
import io.jmigrate.runtime.plan.step.MaskPath;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.MoveRoot;
import io.jmigrate.runtime.plan.step.NewSession;
import io.jmigrate.runtime.plan.step.NoNewPrivs;
import io.jmigrate.runtime.plan.step.OomScoreAdj;
import io.jmigrate.runtime.plan.step.OpenMappedTree;
import io.jmigrate.runtime.plan.step.OwnStreams;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.ReadonlyPath;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.step.ReconfigureMount;
import io.jmigrate.runtime.plan.step.Remount;
import io.jmigrate.runtime.plan.step.RemountRootReadonly;
import io.jmigrate.runtime.plan.step.Rlimit;
import io.jmigrate.runtime.plan.step.RootPropagation;
import io.jmigrate.runtime.plan.step.RootfsPropagation;
import io.jmigrate.runtime.plan.step.RunHook;
import io.jmigrate.runtime.plan.step.ScheduleProcess;
import io.jmigrate.runtime.plan.step.Seccomp;
import io.jmigrate.runtime.plan.step.SetCpuAffinity;
import io.jmigrate.runtime.plan.step.SetIoPriority;
import io.jmigrate.runtime.plan.step.SetMemoryPolicy;
import io.jmigrate.runtime.plan.step.SetMountAttributes;
import io.jmigrate.runtime.plan.step.SetPersonality;
import io.jmigrate.runtime.plan.step.SetPropagation;
import io.jmigrate.runtime.plan.step.SetUser;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Symlink;
import io.jmigrate.runtime.plan.step.Sysctl;
import io.jmigrate.runtime.plan.step.Terminal;
import io.jmigrate.runtime.plan.step.TimeNamespace;
import io.jmigrate.runtime.plan.step.Umask;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import io.jmigrate.runtime.seccomp.SeccompFlag;
import io.jmigrate.runtime.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a plan as the native init reads it ({@code native/init/plan.h}): {@code JMPLAN} and two digits of version, u32 count of
 * steps, then for each u32 length of what follows, u32 operation, fields.
 */
public final class PlanEncoder {
    private PlanEncoder() {}

    public static ByteBuffer encode(Plan plan) {
        WireWriter steps = new WireWriter();
        for (Step step : plan.steps()) {
            WireWriter one = encode(step);
            steps.u32(one.size()).raw(one);
        }
        byte[] magic = "JMPLAN%02d".formatted(plan.version()).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = steps.toBuffer();
        return ByteBuffer.allocate(magic.length + 4 + body.remaining())
                .order(body.order())
                .put(magic)
                .putInt(plan.steps().size())
                .put(body)
                .flip();
    }

    private static WireWriter encode(Step step) {
        return switch (step) {
            case JoinCgroup s -> op(1).string(s.procsFile().toString());
            case OomScoreAdj s -> op(2).u32(s.value());
            case Rlimit s -> op(3).u32(s.resource().number()).u64(s.soft()).u64(s.hard());
            case JoinNamespace s ->
                op(4).string(s.path().toString()).u32((int) s.kind().cloneFlag());
            case Clone s -> encode(s);
            case NewSession s -> op(6);
            case LoopbackUp s -> op(7);
            case Hostname s -> op(8).string(s.name());
            case Domainname s -> op(9).string(s.name());
            case Sysctl s -> op(10).string(SysctlKey.file(s.key())).string(s.value());
            case RootPropagation s -> op(11).u64(s.propagation().bits());
            case BindRoot s -> op(12).string(s.rootfs().toString());
            case Mount s -> MountFields.of(s);
            case Remount s -> op(14).string(s.target()).u64(MountFlag.bits(s.flags()));
            case MakeNode s -> MountFields.of(s);
            case BindNode s -> op(16).string(s.source().toString()).string(s.target());
            case Symlink s -> op(17).string(s.path()).string(s.target());
            case MakeDirectory s -> op(18).string(s.path()).u32(s.mode());
            case PivotRoot s -> op(19);
            case ReadonlyPath s -> op(20).string(s.path());
            case MaskPath s -> op(21).string(s.path());
            case RemountRootReadonly s -> op(22);
            case RootfsPropagation s -> op(23).u64(s.propagation().bits());
            case Umask s -> op(24).u32(s.mask());
            case SetUser s -> encode(s);
            case KeepCaps s -> op(26);
            case Capabilities s -> encode(s);
            case NoNewPrivs s -> op(28);
            case ChangeDirectory s -> op(29).string(s.path());
            case FindExecutable s -> op(30).string(s.name()).string(s.path());
            case Ready s -> op(31);
            case AwaitStart s -> op(32);
            case OwnStreams s -> op(34).u32(s.uid());
            case JoinKeyring s -> op(35).string(s.name());
            case Home s -> op(36).u32(s.uid());
            case Seccomp s -> encode(s.filter());
            case Terminal s ->
                op(60).u32(s.uid()).u32(s.rows()).u32(s.columns()).u32(s.console() ? 1 : 0);
            case AwaitRuntime s -> op(61);
            case RunHook s -> encode(s);
            case MoveRoot s -> op(75);
            case OpenMappedTree s -> MountFields.of(s);
            case AttachTree s -> MountFields.of(s);
            case SetMountAttributes s -> MountFields.of(s);
            case TimeNamespace s -> op(41).string(offsetsText(s.offsets()));
            case ScheduleProcess s -> encode(s);
            case SetIoPriority s -> op(43).u32(s.ioClass().number()).u32(s.level());
            case SetCpuAffinity s -> numbers(op(44), s.cpus());
            case SetPersonality s -> op(45).u32(s.personality().number());
            case SetMemoryPolicy s ->
                numbers(op(46).u32(s.mode().number() | MemoryPolicy.Flag.bits(s.flags())), s.nodes());
            case ExecLabel s -> op(47).u32(s.module().ordinal()).string(s.label());
            case ReconfigureMount s -> MountFields.of(s);
            case SetPropagation s ->
                op(91).string(s.target()).u64(s.propagation().bits());
            case ListenPid s -> op(70);
            case Execute s -> op(33).strings(s.argv()).strings(s.env()).u32(s.preserveFds());
        };
    }

    static WireWriter op(int number) {
        return new WireWriter().u32(number);
    }

    private static WireWriter encode(Clone step) {
        long flags = step.kinds().stream().mapToLong(NamespaceKind::cloneFlag).reduce(0, (a, b) -> a | b);
        return op(5).u64(flags)
                .string(step.uidsByProgram() ? "" : mapText(step.uidMap()))
                .string(step.gidsByProgram() ? "" : mapText(step.gidMap()))
                .u32(step.denySetgroups() ? 1 : 0)
                .u32(step.uidsByProgram() || step.gidsByProgram() ? 1 : 0);
    }

    /** As the kernel reads a map: one line for each range. */
    static String mapText(List<IdMapping> map) {
        StringBuilder text = new StringBuilder();
        map.forEach(line -> text.append(line.containerId())
                .append(' ')
                .append(line.hostId())
                .append(' ')
                .append(line.size())
                .append('\n'));
        return text.toString();
    }

    /** As the kernel reads {@code /proc/PID/timens_offsets}. */
    private static String offsetsText(List<TimeOffset> offsets) {
        return offsets.stream().map(offset -> offset + "\n").collect(Collectors.joining());
    }

    private static WireWriter encode(SeccompFilter filter) {
        ByteBuffer program = filter.program().bytes();
        WireWriter fields = op(40).u32(SeccompFlag.bits(filter.flags())).u32(filter.notifies() ? 1 : 0);
        fields.u32(program.remaining() / Integer.BYTES);
        while (program.hasRemaining()) {
            fields.u32(program.getInt());
        }
        return fields;
    }

    private static WireWriter encode(RunHook step) {
        return op(62).u32(step.number())
                .string(step.path().toString())
                .strings(step.argv())
                .strings(step.env())
                .u32(step.timeoutSeconds())
                .string(step.cwd().map(Path::toString).orElse(""))
                .string(step.stateBeforePid())
                .string(step.stateAfterPid());
    }

    private static WireWriter encode(SetUser step) {
        return numbers(op(25).u32(step.uid()).u32(step.gid()), step.groups());
    }

    private static WireWriter numbers(WireWriter fields, List<Integer> numbers) {
        fields.u32(numbers.size());
        numbers.forEach(fields::u32);
        return fields;
    }

    private static WireWriter encode(ScheduleProcess step) {
        return op(42).u32(step.policy().number())
                .u32(step.nice())
                .u32(step.priority())
                .u64(Scheduler.Flag.bits(step.flags()))
                .u64(step.runtime())
                .u64(step.deadline())
                .u64(step.period());
    }

    private static WireWriter encode(Capabilities step) {
        return op(27).u64(step.bounding())
                .u64(step.effective())
                .u64(step.inheritable())
                .u64(step.permitted())
                .u64(step.ambient());
    }
}
