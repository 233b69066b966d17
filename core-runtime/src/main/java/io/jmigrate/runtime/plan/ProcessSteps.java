package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.IdMappings;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.config.UserConfig;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.plan.step.Capabilities;
import io.jmigrate.runtime.plan.step.ChangeDirectory;
import io.jmigrate.runtime.plan.step.ExecLabel;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.Home;
import io.jmigrate.runtime.plan.step.JoinCgroup;
import io.jmigrate.runtime.plan.step.JoinKeyring;
import io.jmigrate.runtime.plan.step.KeepCaps;
import io.jmigrate.runtime.plan.step.ListenPid;
import io.jmigrate.runtime.plan.step.NewSession;
import io.jmigrate.runtime.plan.step.NoNewPrivs;
import io.jmigrate.runtime.plan.step.OomScoreAdj;
import io.jmigrate.runtime.plan.step.OwnStreams;
import io.jmigrate.runtime.plan.step.Rlimit;
import io.jmigrate.runtime.plan.step.Seccomp;
import io.jmigrate.runtime.plan.step.SetUser;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Terminal;
import io.jmigrate.runtime.plan.step.Umask;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The steps that concern the process itself. */
final class ProcessSteps {
    private static final String HOME = "HOME";

    /** What another socket activation would have said (sd_listen_fds(3)). */
    private static final Pattern LISTEN = Pattern.compile("LISTEN_(FDS|PID|PIDFDID|FDNAMES)=");

    private final ProcessConfig process;
    private final SchedulingSteps scheduling;
    private final long capabilityMask;
    private final Optional<SeccompFilter> seccomp;

    ProcessSteps(Config config, ProcessConfig process, HostFacts host) {
        this.process = process;
        this.scheduling = new SchedulingSteps(config, process.scheduling());
        this.capabilityMask = host.grantable(config.namespaces());
        this.seccomp = host.seccomp();
    }

    /** The cgroups of a process that is executed in a container may allow fewer processors than it is to begin with. */
    List<Step> joinCgroupsOfContainer(List<CgroupPlace> places) {
        List<Step> steps = new ArrayList<>(scheduling.initialAffinity());
        steps.addAll(joinCgroups(places));
        steps.addAll(scheduling.lastAffinity());
        return steps;
    }

    /** First of all, so that everything that follows is accounted for and a cgroup namespace has the right root. */
    List<Step> joinCgroups(List<CgroupPlace> places) {
        return places.stream().<Step>map(place -> new JoinCgroup(place.procs())).toList();
    }

    /**
     * While the process still has the host's privileges: lowering the score needs CAP_SYS_RESOURCE there, and the streams belong
     * to the host.
     */
    List<Step> prepare(IdMappings mappings) {
        List<Step> steps = new ArrayList<>();
        process.oomScoreAdj().ifPresent(value -> steps.add(new OomScoreAdj(value.intValue())));
        if (process.terminal().isEmpty()) {
            mappings.hostUid(process.user().uid()).ifPresent(uid -> steps.add(new OwnStreams((int) uid)));
        }
        return steps;
    }

    /** Nothing of the caller's session is left to the process: not its terminal, and none of its keys. */
    static List<Step> sessions(Inheritance inheritance) {
        List<Step> steps = new ArrayList<>(List.of(new NewSession()));
        inheritance.keyring().ifPresent(name -> steps.add(new JoinKeyring(name)));
        return steps;
    }

    /** While no filter for system calls stands in the way. */
    static List<Step> listen(Inheritance inheritance) {
        return inheritance.listenFds() > 0 ? List.of(new ListenPid()) : List.of();
    }

    /** @param console whether it is the container's console too */
    static List<Step> terminal(ProcessConfig process, boolean console) {
        return process
                .terminal()
                .<Step>map(terminal ->
                        new Terminal((int) process.user().uid(), terminal.rows(), terminal.columns(), console))
                .stream()
                .toList();
    }

    /**
     * Before a user namespace is entered, where raising a limit becomes impossible; else late, so that a low limit doesn't hit
     * the native init.
     */
    List<Step> limits() {
        return process.rlimits().stream()
                .<Step>map(limit -> new Rlimit(limit.resource(), limit.soft(), limit.hard()))
                .toList();
    }

    /**
     * From a process with all privileges inside the container to the one that was asked for. As runc does, a filter for system calls is
     * installed last, so that it has to allow as little as possible of what is done here; but while the process still has the
     * privilege to do it, if it needs one.
     */
    List<Step> become() {
        UserConfig user = process.user();
        List<Step> steps = new ArrayList<>(scheduling.steps());
        steps.addAll(labels());
        steps.add(new Umask((int) user.umask()));
        if (lacksHome()) {
            steps.add(new Home((int) user.uid()));
        }
        steps.add(new ChangeDirectory(process.cwd()));
        if (!process.noNewPrivileges()) {
            seccomp.ifPresent(filter -> steps.add(new Seccomp(filter)));
        }
        if (user.uid() != 0) {
            steps.add(new KeepCaps());
        }
        steps.add(new SetUser(
                (int) user.uid(),
                (int) user.gid(),
                user.additionalGids().stream().map(Long::intValue).toList()));
        var sets = process.capabilities().within(capabilityMask);
        steps.add(new Capabilities(
                sets.bounding(), sets.effective(), sets.inheritable(), sets.permitted(), sets.ambient()));
        if (process.noNewPrivileges()) {
            steps.add(new NoNewPrivs());
        }
        steps.add(new FindExecutable(
                process.args().getFirst(), process.variable("PATH").orElse("")));
        if (process.noNewPrivileges()) {
            seccomp.ifPresent(filter -> steps.add(new Seccomp(filter)));
        }
        return steps;
    }

    private List<Step> labels() {
        List<Step> steps = new ArrayList<>();
        process.labels().appArmor().ifPresent(profile -> steps.add(new ExecLabel(SecurityModule.APPARMOR, profile)));
        process.labels().seLinux().ifPresent(label -> steps.add(new ExecLabel(SecurityModule.SELINUX, label)));
        return steps;
    }

    private boolean lacksHome() {
        return process.variable(HOME).orElse("").isEmpty();
    }

    Execute execute(Inheritance inheritance) {
        List<String> env = new ArrayList<>(process.env());
        if (lacksHome()) {
            env.removeIf((HOME + "=")::equals);
        }
        if (inheritance.listenFds() > 0) {
            env.removeIf(variable -> LISTEN.matcher(variable).lookingAt());
            env.add("LISTEN_FDS=" + inheritance.listenFds());
        }
        return new Execute(process.args(), env, inheritance.preserveFds());
    }
}
