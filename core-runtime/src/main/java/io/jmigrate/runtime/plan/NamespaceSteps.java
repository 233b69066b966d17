package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Domainname;
import io.jmigrate.runtime.plan.step.Hostname;
import io.jmigrate.runtime.plan.step.IdMapping;
import io.jmigrate.runtime.plan.step.JoinNamespace;
import io.jmigrate.runtime.plan.step.LoopbackUp;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Sysctl;
import io.jmigrate.runtime.plan.step.TimeNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The steps that make, enter and set up namespaces. */
final class NamespaceSteps {
    /**
     * The order of entering. The user namespace comes last: inside it the process couldn't enter what belongs to the host any
     * more. The mount namespace comes right before it, as paths mean something else afterwards.
     */
    private static final List<NamespaceKind> ENTERING = List.of(
            NamespaceKind.TIME,
            NamespaceKind.NETWORK,
            NamespaceKind.IPC,
            NamespaceKind.UTS,
            NamespaceKind.CGROUP,
            NamespaceKind.PID,
            NamespaceKind.MOUNT,
            NamespaceKind.USER);

    private final Config config;
    private final Rights rights;
    private final Namespaces namespaces;

    NamespaceSteps(Config config, Rights rights) {
        this.config = config;
        this.rights = rights;
        this.namespaces = config.namespaces();
    }

    boolean hasNewUser() {
        return namespaces.isNew(NamespaceKind.USER);
    }

    /**
     * Before the clone: enter what exists, and set it up at once, since a process in a new user namespace would have no say in
     * namespaces that the host made.
     */
    List<Step> enter() {
        List<Step> steps = new ArrayList<>();
        for (NamespaceKind kind : ENTERING) {
            namespaces.path(kind).ifPresent(path -> steps.add(new JoinNamespace(path, kind)));
        }
        if (namespaces.isNew(NamespaceKind.TIME)) {
            steps.add(new TimeNamespace(config.timeOffsets()));
        }
        if (namespaces.isOwn(NamespaceKind.NETWORK) && !namespaces.isNew(NamespaceKind.NETWORK)) {
            steps.add(new LoopbackUp());
        }
        if (!namespaces.isNew(NamespaceKind.UTS)) {
            steps.addAll(names());
        }
        steps.addAll(sysctls(key -> !isOfNewNamespace(key)));
        return steps;
    }

    Clone cloneStep() {
        Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
        kinds.addAll(namespaces.created());
        kinds.remove(NamespaceKind.TIME); // made before
        if (!hasNewUser()) {
            return Clone.of(kinds);
        }
        boolean ownGroup = rights.mayMap(config.idMappings().gids(), rights.gid());
        return new Clone(
                kinds,
                stepMap(config.idMappings().uids()),
                stepMap(config.idMappings().gids()),
                rights.isOrdinary() && ownGroup,
                !rights.mayMap(config.idMappings().uids(), rights.uid()),
                !ownGroup);
    }

    /** After the clone: set up what came with it. */
    List<Step> setUp() {
        List<Step> steps = new ArrayList<>();
        if (namespaces.isNew(NamespaceKind.NETWORK)) {
            steps.add(new LoopbackUp());
        }
        if (namespaces.isNew(NamespaceKind.UTS)) {
            steps.addAll(names());
        }
        steps.addAll(sysctls(this::isOfNewNamespace));
        return steps;
    }

    private List<Step> names() {
        List<Step> steps = new ArrayList<>();
        config.hostname().ifPresent(name -> steps.add(new Hostname(name)));
        config.domainname().ifPresent(name -> steps.add(new Domainname(name)));
        return steps;
    }

    /**
     * Enters the namespaces of a container's first process, all those that differ from the runtime's. An ordinary user may enter none
     * before the user namespace, to which all of them belong.
     */
    static List<Step> follow(Namespaces namespaces, ProcessRef init, Rights rights) {
        Path directory = Path.of("/proc", Integer.toString(init.pid()), "ns");
        List<NamespaceKind> order = new ArrayList<>(ENTERING);
        if (rights.isOrdinary()) {
            order.remove(NamespaceKind.USER);
            order.addFirst(NamespaceKind.USER);
        }
        return order.stream()
                .filter(namespaces::isPrivate)
                .<Step>map(kind -> new JoinNamespace(directory.resolve(kind.procName()), kind))
                .toList();
    }

    private List<Step> sysctls(Predicate<String> wanted) {
        return config.sysctls().entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .<Step>map(entry -> new Sysctl(entry.getKey(), entry.getValue()))
                .toList();
    }

    private boolean isOfNewNamespace(String key) {
        if (key.startsWith("net.")) {
            return namespaces.isNew(NamespaceKind.NETWORK);
        }
        if (key.startsWith("user.")) {
            return namespaces.isNew(NamespaceKind.USER);
        }
        if (key.equals("kernel.domainname")) {
            return namespaces.isNew(NamespaceKind.UTS);
        }
        return namespaces.isNew(NamespaceKind.IPC);
    }

    static List<IdMapping> stepMap(List<io.jmigrate.runtime.config.IdMapping> mappings) {
        return mappings.stream()
                .map(mapping -> new IdMapping(mapping.containerId(), mapping.hostId(), mapping.size()))
                .toList();
    }
}
