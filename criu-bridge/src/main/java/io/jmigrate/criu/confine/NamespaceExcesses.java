package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.IdExtent;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.TaskIds;
import io.jmigrate.criu.image.entry.UserNamespace;
import io.jmigrate.criu.inspect.Images;
import io.jmigrate.criu.mapping.RestoreMapping;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.IdMapping;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Namespaces. CRIU gives a process one of its own only if the images have another number for it than for CRIU's own
 * (criu/pstree.c, get_clone_mask): else it is the host's.
 */
final class NamespaceExcesses {
    private final Config config;
    private final ConfinedCgroups cgroups;

    NamespaceExcesses(Config config, ConfinedCgroups cgroups) {
        this.config = config;
        this.cgroups = cgroups;
    }

    List<Excess> find(Images images) {
        Inventory inventory = images.only("inventory.img", ImageKind.INVENTORY, Inventory.parser())
                .orElse(Inventory.getDefaultInstance());
        TaskIds hosts = inventory.getRootIds();
        List<Excess> excesses = new ArrayList<>();
        tasks(images).forEach((process, ids) -> kinds().stream()
                .filter(kind -> number(kind, ids) == number(kind, hosts))
                .forEach(kind -> excesses.add(shared(process, kind))));
        if (config.namespaces().isPrivate(NamespaceKind.CGROUP)) {
            excesses.addAll(cgroup(images, inventory.getRootCgSet()));
        }
        if (config.namespaces().isNew(NamespaceKind.USER)) {
            excesses.addAll(idMaps(images));
        }
        return excesses;
    }

    private static Excess shared(String process, NamespaceKind kind) {
        return new Excess(
                ConfinedPart.NAMESPACES, process + " is in the host's " + Namespaces.ociName(kind) + " namespace");
    }

    /**
     * That of cgroups is the first process's alone to have, and comes from where its cgroups are; not from those of the set that was
     * CRIU's, nor from a set without a number (criu/cgroup.c, prepare_cgroup_namespace).
     */
    private List<Excess> cgroup(Images images, int criuSet) {
        List<PstreeEntry> processes = new ArrayList<>();
        images.each("pstree.img", ImageKind.PSTREE, PstreeEntry.parser(), processes::add);
        return processes.stream()
                .limit(1)
                .map(PstreeEntry::getPid)
                .filter(pid -> {
                    int set = set(images, pid);
                    return set == 0 || set == criuSet || !cgroups.hasNamespace(set);
                })
                .map(pid -> shared("process " + Integer.toUnsignedString(pid), NamespaceKind.CGROUP))
                .toList();
    }

    private static int set(Images images, int pid) {
        CoreEntry core = images.only(
                        "core-" + Integer.toUnsignedString(pid) + ".img", ImageKind.CORE, CoreEntry.parser())
                .orElse(CoreEntry.getDefaultInstance());
        return core.getThreadCore().hasCgSet()
                ? core.getThreadCore().getCgSet()
                : core.getTc().getCgSet();
    }

    /** Those of the container's own that CRIU is not in itself, and that it goes by numbers for. */
    private List<NamespaceKind> kinds() {
        return config.namespaces().byKind().keySet().stream()
                .filter(kind -> kind != NamespaceKind.CGROUP)
                .filter(kind -> kind != NamespaceKind.NETWORK || !RestoreMapping.sharesNetworkWithCriu(config))
                .toList();
    }

    /** By what they are called; older images have the numbers in another place. */
    private static Map<String, TaskIds> tasks(Images images) {
        Map<String, TaskIds> tasks = new HashMap<>();
        for (String image : images.numbered("core-")) {
            images.only(image, ImageKind.CORE, CoreEntry.parser())
                    .filter(CoreEntry::hasIds)
                    .ifPresent(core -> tasks.put(process(image), core.getIds()));
        }
        for (String image : images.numbered("ids-")) {
            images.only(image, ImageKind.IDS, TaskIds.parser()).ifPresent(ids -> tasks.put(process(image), ids));
        }
        return tasks;
    }

    private static String process(String image) {
        return "process " + Images.number(image);
    }

    private static int number(NamespaceKind kind, TaskIds ids) {
        return switch (kind) {
            case PID -> ids.getPidNsId();
            case NETWORK -> ids.getNetNsId();
            case IPC -> ids.getIpcNsId();
            case UTS -> ids.getUtsNsId();
            case MOUNT -> ids.getMntNsId();
            case USER -> ids.getUserNsId();
            case CGROUP -> ids.getCgroupNsId();
            case TIME -> ids.getTimeNsId();
        };
    }

    private List<Excess> idMaps(Images images) {
        List<String> maps = images.numbered("userns-");
        List<Excess> excesses = new ArrayList<>();
        if (maps.isEmpty()) {
            excesses.add(new Excess(ConfinedPart.NAMESPACES, "the ids of the user namespace are not said"));
        }
        for (String image : maps) {
            images.only(image, ImageKind.USER_NAMESPACE, UserNamespace.parser()).ifPresent(namespace -> {
                idMap("users", namespace.getUidMapList(), config.idMappings().uids(), excesses);
                idMap("groups", namespace.getGidMapList(), config.idMappings().gids(), excesses);
            });
        }
        return excesses;
    }

    private static void idMap(String of, List<IdExtent> extents, List<IdMapping> wanted, List<Excess> excesses) {
        Set<IdMapping> there = new HashSet<>();
        extents.forEach(extent -> there.add(new IdMapping(
                Integer.toUnsignedLong(extent.getFirst()),
                Integer.toUnsignedLong(extent.getLowerFirst()),
                Integer.toUnsignedLong(extent.getCount()))));
        if (!there.equals(Set.copyOf(wanted))) {
            excesses.add(new Excess(
                    ConfinedPart.NAMESPACES, "the " + of + " of the user namespace are other ones of the host"));
        }
    }
}
