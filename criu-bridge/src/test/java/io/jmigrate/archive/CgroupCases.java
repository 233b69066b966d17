package io.jmigrate.archive;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupHierarchy;
import io.jmigrate.criu.image.entry.CgroupMember;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.criu.image.entry.CgroupSet;
import io.jmigrate.criu.inspect.ImagesInMemory;
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
        cases.put(
                "a directory above below another",
                image(directory("web", "memory.max").toBuilder()
                        .addChildren(directory("..", "memory.max"))
                        .build()));
        cases.put("a file elsewhere", image(directory("web", "../../../etc/cron.d/x")));
        cases.put("a file below", image(directory("web", "below/x")));
        cases.put("a file without a name", image(directory("web", "")));
        cases.put("a file that is a directory", image(directory("web", "..")));
        cases.put("a hierarchy elsewhere", image(hierarchy("name=../../../etc")));
        cases.put("a hierarchy above", image(hierarchy("name=..")));
        cases.put("a hierarchy with an option", image(hierarchy("release_agent=x")));
        cases.put(
                "a place above",
                image(CgroupEntry.newBuilder()
                        .addSets(CgroupSet.newBuilder()
                                .setId(1)
                                .addCtls(CgroupMember.newBuilder()
                                        .setName("pids")
                                        .setPath("/web/../..")))
                        .build()));
        return cases;
    }

    private static CgroupEntry hierarchy(String name) {
        return CgroupEntry.newBuilder()
                .addControllers(CgroupHierarchy.newBuilder().addCnames(name))
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
