package io.jmigrate.archive;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupHierarchy;
import io.jmigrate.criu.image.entry.CgroupMember;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.criu.image.entry.CgroupSet;
import io.jmigrate.criu.inspect.ImagesInMemory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Images of cgroups that would have CRIU write elsewhere. */
final class CgroupCases {
    private CgroupCases() {}

    /** By what is wrong. */
    static Map<String, byte[]> hostile() {
        Map<String, byte[]> cases = new TreeMap<>();
        cases.put("a directory above", image(directory("../../etc", "memory.max")));
        cases.put("a directory above in the middle", image(directory("web/../../..", "memory.max")));
        cases.put("a directory above below another", image(below("web", "..")));
        cases.put("a file elsewhere", image(directory("web", "../../../etc/cron.d/x")));
        cases.put("a file below", image(directory("web", "below/x")));
        cases.put("a file without a name", image(directory("web", "")));
        cases.put("a file that is a directory", image(directory("web", "..")));
        cases.put("a hierarchy elsewhere", image(hierarchy("name=../../../etc")));
        cases.put("a hierarchy above", image(hierarchy("name=..")));
        cases.put("a hierarchy with an option", image(hierarchy("release_agent=x")));
        cases.put("a place above", image(place("/web/../..")));
        cases.putAll(otherNames());
        cases.putAll(beyondTheEnd());
        return cases;
    }

    /** More than one name for one cgroup. */
    private static Map<String, byte[]> otherNames() {
        Map<String, byte[]> cases = new TreeMap<>();
        cases.put("a directory that is the one above", image(below("web", ".")));
        cases.put("a directory without a name", image(below("web", "")));
        cases.put("a directory with a slash at its end", image(below("web", "sub/")));
        cases.put("a directory from the top on", image(directory("/web", "pids.max")));
        cases.put("a directory with two slashes", image(directory("jmigrate//web", "pids.max")));
        cases.put("a directory that stays", image(directory("jmigrate/./web", "pids.max")));
        cases.put("a place that stays", image(place("/web/.")));
        cases.put("a place with a slash at its end", image(place("/web/")));
        return cases;
    }

    /** CRIU writes on behind the ends of buffers. */
    private static Map<String, byte[]> beyondTheEnd() {
        Map<String, byte[]> cases = new TreeMap<>();
        String half = "é".repeat(512);
        cases.put("a directory too long", image(directory(half + "/" + half, "pids.max")));
        cases.put("a directory too long with those above", image(below(half, half)));
        cases.put("a place too long", image(place("/" + half + "/" + half)));
        cases.put("a file too long", image(directory("web", "x".repeat(256))));
        cases.put("a hierarchy too long", image(hierarchy("name=" + "x".repeat(116))));
        cases.put("a hierarchy of too many", image(hierarchy(Collections.nCopies(61, "a"))));
        cases.put(
                "more controllers than there are",
                image(CgroupNode.newBuilder()
                        .setDirName("web")
                        .addProperties(CgroupProperty.newBuilder()
                                .setName("cgroup.subtree_control")
                                .setValue(" ".repeat(257)))
                        .build()));
        return cases;
    }

    private static CgroupEntry place(String path) {
        return CgroupEntry.newBuilder()
                .addSets(CgroupSet.newBuilder()
                        .setId(1)
                        .addCtls(CgroupMember.newBuilder().setName("pids").setPath(path)))
                .build();
    }

    private static CgroupNode below(String above, String name) {
        return directory(above, "pids.max").toBuilder()
                .addChildren(directory(name, "pids.max"))
                .build();
    }

    private static CgroupEntry hierarchy(String name) {
        return hierarchy(List.of(name));
    }

    private static CgroupEntry hierarchy(List<String> names) {
        return CgroupEntry.newBuilder()
                .addControllers(CgroupHierarchy.newBuilder().addAllCnames(names))
                .build();
    }

    private static CgroupNode directory(String name, String file) {
        return CgroupNode.newBuilder()
                .setDirName(name)
                .addProperties(CgroupProperty.newBuilder().setName(file).setValue("1"))
                .build();
    }

    private static byte[] image(CgroupNode directory) {
        return image(CgroupEntry.newBuilder()
                .addControllers(CgroupHierarchy.newBuilder().addDirs(directory))
                .build());
    }

    private static byte[] image(CgroupEntry entry) {
        return new ImagesInMemory().with("cgroup.img", ImageKind.CGROUP, entry).bytes("cgroup.img");
    }
}
