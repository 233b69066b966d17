package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupHierarchy;
import io.jmigrate.criu.image.entry.CgroupMember;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a stranger's cgroup.img may have CRIU do: put processes into the container's cgroups and others below them. Only the hierarchies in
 * which the container has a cgroup of its own remain: in the others it stays where CRIU is, and nothing is made. The container's own
 * directories stay the runtime's, and of the files in those below only limits are written that hold there and no further.
 *
 * @param entry what CRIU may read in place of the image
 * @param outside what of it would lead out of the container's cgroups, each a sentence without its full stop
 */
public record ConfinedCgroups(CgroupEntry entry, List<String> outside) {
    public ConfinedCgroups {
        outside = List.copyOf(outside);
    }

    /**
     * Confines an image.
     *
     * @param places the container's cgroups: names of hierarchies and paths as in {@code /proc/PID/cgroup};
     *     none where nothing is to be done about them
     * @param limits whether the container's own cgroups are to have the limits that the images have
     */
    public static ConfinedCgroups of(CgroupEntry image, Map<String, String> places, boolean limits) {
        CgroupEntry kept = kept(image, places.keySet());
        CgroupEntry.Builder entry = kept.toBuilder().clearControllers();
        List<String> outside = new ArrayList<>();
        for (CgroupHierarchy hierarchy : kept.getControllersList()) {
            String name = name(hierarchy);
            CgroupPlacement placement = placement(kept, hierarchy, places.get(name));
            placement.outside().stream()
                    .map(path -> path + " is not below its cgroup " + places.get(name) + title(name))
                    .forEach(outside::add);
            entry.addControllers(harmless(hierarchy, placement, limits));
        }
        return new ConfinedCgroups(entry.build(), outside);
    }

    private static CgroupPlacement placement(CgroupEntry entry, CgroupHierarchy hierarchy, String root) {
        List<String> directories =
                hierarchy.getDirsList().stream().map(CgroupNode::getDirName).toList();
        List<CgroupPlacement.Member> members = entry.getSetsList().stream()
                .flatMap(set -> set.getCtlsList().stream())
                .filter(member -> member.getName().equals(name(hierarchy)))
                .map(ConfinedCgroups::member)
                .toList();
        return CgroupPlacement.of(root, directories, members);
    }

    private static CgroupPlacement.Member member(CgroupMember member) {
        return new CgroupPlacement.Member(
                member.getPath(),
                member.hasCgnsPrefix()
                        ? OptionalLong.of(Integer.toUnsignedLong(member.getCgnsPrefix()))
                        : OptionalLong.empty());
    }

    private static CgroupHierarchy harmless(CgroupHierarchy hierarchy, CgroupPlacement placement, boolean limits) {
        List<CgroupNode> directories = hierarchy.getDirsList().stream()
                .map(CgroupFiles::harmless)
                .map(node -> placement.isOwn(node.getDirName()) ? runtimes(node, limits) : node)
                .toList();
        return hierarchy.toBuilder().clearDirs().addAllDirs(directories).build();
    }

    private static CgroupNode runtimes(CgroupNode own, boolean limits) {
        CgroupNode.Builder node = own.toBuilder().clearDirPerms();
        return limits ? node.build() : node.clearProperties().build();
    }

    private static String title(String hierarchy) {
        return hierarchy.isEmpty() ? "" : " (" + hierarchy + ")";
    }

    /** As in {@code /proc/PID/cgroup}; empty for version 2. */
    private static String name(CgroupHierarchy hierarchy) {
        return String.join(",", hierarchy.getCnamesList());
    }

    /** CRIU takes the first hierarchy of several that have one name. */
    private static CgroupEntry kept(CgroupEntry image, Set<String> names) {
        Set<String> seen = new HashSet<>();
        List<CgroupHierarchy> hierarchies = image.getControllersList().stream()
                .filter(each -> each.getDirsCount() > 0 && names.contains(name(each)) && seen.add(name(each)))
                .toList();
        List<CgroupSet> sets = image.getSetsList().stream()
                .map(set -> set.toBuilder()
                        .clearCtls()
                        .addAllCtls(kept(set.getCtlsList(), seen))
                        .build())
                .toList();
        return image.toBuilder()
                .clearControllers()
                .addAllControllers(hierarchies)
                .clearSets()
                .addAllSets(sets)
                .build();
    }

    private static List<CgroupMember> kept(List<CgroupMember> members, Set<String> names) {
        return members.stream()
                .filter(member -> names.contains(member.getName()))
                .toList();
    }

    /**
     * Whether a process that is in a set gets a cgroup namespace of its own: CRIU makes one if the paths of the set say where its root is
     * (criu/cgroup.c, prepare_cgns).
     */
    boolean hasNamespace(int set) {
        return entry.getSetsList().stream().filter(each -> each.getId() == set).findFirst().stream()
                .flatMap(each -> each.getCtlsList().stream())
                .anyMatch(CgroupMember::hasCgnsPrefix);
    }
}
