package io.jmigrate.criu.confine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupHierarchy;
import io.jmigrate.criu.image.entry.CgroupMember;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupSet;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.Credentials;
import io.jmigrate.criu.image.entry.IdExtent;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.MountEntry;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.ResourceLimit;
import io.jmigrate.criu.image.entry.ResourceLimits;
import io.jmigrate.criu.image.entry.TaskCore;
import io.jmigrate.criu.image.entry.TaskIds;
import io.jmigrate.criu.image.entry.ThreadCore;
import io.jmigrate.criu.image.entry.UserNamespace;
import io.jmigrate.criu.inspect.Images;
import io.jmigrate.criu.inspect.ImagesInMemory;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.RlimitResource;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A container with few rights, and images of it that tests give more. */
final class ConfinedImages {
    static final int PROC = 1;
    static final int SYSFS = 2;
    static final int TMPFS = 5;
    static final int READ_ONLY = 1;
    static final int NO_SUID = 2;

    private static final String CONFIG = """
            {"ociVersion": "1.0.2", "root": {"path": "/", "readonly": true},
             "process": {"args": ["sh"], "cwd": "/", "noNewPrivileges": true,
               "rlimits": [{"type": "RLIMIT_NOFILE", "soft": 64, "hard": 1024}], "oomScoreAdj": 100,
               "apparmorProfile": "own",
               "user": {"uid": 1000, "gid": 1000, "additionalGids": [27]},
               "capabilities": {"bounding": ["CAP_KILL"], "effective": ["CAP_KILL"], "permitted": ["CAP_KILL"]}},
             "mounts": [
               {"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid"]},
               {"destination": "/tmp", "type": "tmpfs", "source": "tmp"},
               {"destination": "/data", "type": "bind", "source": "/", "options": ["bind", "ro"]}],
             "linux": {
               "namespaces": [{"type": "mount"}, {"type": "pid"}, {"type": "user"}, {"type": "cgroup"}],
               "uidMappings": [{"containerID": 0, "hostID": 300000, "size": 65536}],
               "gidMappings": [{"containerID": 0, "hostID": 300000, "size": 65536}],
               "maskedPaths": ["/proc/kcore"], "readonlyPaths": ["/proc/sys"],
               "seccomp": {"defaultAction": "SCMP_ACT_ALLOW",
                 "syscalls": [{"names": ["kexec_load"], "action": "SCMP_ACT_ERRNO"}]}}}
            """;

    private static final Surroundings SURROUNDINGS =
            new Surroundings(Map.of(RlimitResource.NICE, 0L, RlimitResource.RTPRIO, 0L), 0, 0);

    private ConfinedImages() {}

    static Config config() {
        return Config.resolve(
                Path.of("/"),
                Specs.parse(CONFIG.getBytes(StandardCharsets.UTF_8), "config.json")
                        .spec());
    }

    static List<Excess> excesses(ImagesInMemory images) {
        CgroupEntry said = new Images(images)
                .only("cgroup.img", ImageKind.CGROUP, CgroupEntry.parser())
                .orElseThrow();
        ConfinedCgroups cgroups = ConfinedCgroups.of(said, Map.of("memory", "/here"), false);
        assertThat(cgroups.outside()).isEmpty();
        return ImageExcesses.find(images, config(), SURROUNDINGS, cgroups, path -> path, _ -> true);
    }

    /** As a dump writes them of that container. */
    static ImagesInMemory sound() {
        return new ImagesInMemory()
                .with(
                        "inventory.img",
                        ImageKind.INVENTORY,
                        Inventory.newBuilder()
                                .setImgVersion(2)
                                .setRootIds(ids(1))
                                .setRootCgSet(1)
                                .build())
                .with(
                        "pstree.img",
                        ImageKind.PSTREE,
                        PstreeEntry.newBuilder()
                                .setPid(1)
                                .setPpid(0)
                                .setPgid(1)
                                .setSid(1)
                                .build())
                .with(
                        "cgroup.img",
                        ImageKind.CGROUP,
                        cgroups(CgroupMember.newBuilder().setCgnsPrefix(4)))
                .with("ids-1.img", ImageKind.IDS, ids(2).build())
                .with("core-1.img", ImageKind.CORE, core(creds()))
                .with("userns-6.img", ImageKind.USER_NAMESPACE, maps(300_000))
                .with(
                        "mountpoints-5.img",
                        ImageKind.MOUNTS,
                        mount("/", 0, READ_ONLY).build(),
                        mount("/proc", PROC, NO_SUID).build(),
                        mount("/tmp", TMPFS, 0).build(),
                        mount("/data", 0, READ_ONLY).setExtKey("/data").build(),
                        mount("/proc/kcore", TMPFS, 0).setExtKey("/dev/null").build(),
                        mount("/proc/sys", PROC, READ_ONLY).build());
    }

    static CgroupEntry cgroups(CgroupMember.Builder member) {
        return CgroupEntry.newBuilder()
                .addSets(CgroupSet.newBuilder()
                        .setId(2)
                        .addCtls(member.setName("memory").setPath("/web")))
                .addControllers(CgroupHierarchy.newBuilder()
                        .addCnames("memory")
                        .addDirs(CgroupNode.newBuilder().setDirName("web")))
                .build();
    }

    /** All namespaces have this number, the network is the host's. */
    static TaskIds.Builder ids(int number) {
        return TaskIds.newBuilder()
                .setFilesId(number)
                .setPidNsId(number)
                .setNetNsId(1)
                .setIpcNsId(number)
                .setUtsNsId(number)
                .setMntNsId(number)
                .setUserNsId(number);
    }

    static TaskIds.Builder hosts(NamespaceKind kind) {
        TaskIds.Builder ids = ids(2);
        return switch (kind) {
            case PID -> ids.setPidNsId(1);
            case MOUNT -> ids.setMntNsId(1);
            default -> ids.setUserNsId(1);
        };
    }

    static Credentials.Builder creds() {
        return Credentials.newBuilder()
                .setUid(1000)
                .setGid(1000)
                .setEuid(1000)
                .setEgid(1000)
                .setSuid(1000)
                .setSgid(1000)
                .setFsuid(1000)
                .setFsgid(1000)
                .addCapBnd(1 << 5)
                .addCapBnd(0)
                .addGroups(27)
                .setLsmProfile("own")
                .setNoNewPrivs(1);
    }

    static CoreEntry core(Credentials.Builder creds) {
        return core(ThreadCore.newBuilder().setCreds(creds).setSeccompMode(2), 1);
    }

    static CoreEntry core(ThreadCore.Builder thread, int state) {
        return CoreEntry.newBuilder()
                .setTc(task().setTaskState(state))
                .setThreadCore(thread.setCgSet(2))
                .build();
    }

    static TaskCore.Builder task() {
        ResourceLimits.Builder limits = ResourceLimits.newBuilder();
        for (RlimitResource resource : RlimitResource.values()) {
            limits.addRlimits(limit(
                    switch (resource) {
                        case NOFILE -> 1024;
                        case NICE, RTPRIO -> 0;
                        default -> RlimitResource.INFINITY;
                    }));
        }
        return TaskCore.newBuilder()
                .setComm("sh")
                .setTaskState(1)
                .setRlimits(limits)
                .setOomScoreAdj(100);
    }

    static ResourceLimit.Builder limit(long limit) {
        return ResourceLimit.newBuilder().setCur(0).setMax(limit);
    }

    static UserNamespace maps(int host) {
        IdExtent.Builder extent =
                IdExtent.newBuilder().setFirst(0).setLowerFirst(host).setCount(65_536);
        return UserNamespace.newBuilder().addUidMap(extent).addGidMap(extent).build();
    }

    static MountEntry.Builder mount(String point, int type, int flags) {
        return MountEntry.newBuilder()
                .setFstype(type)
                .setMntId(1)
                .setParentMntId(1)
                .setFlags(flags)
                .setRoot("/")
                .setMountpoint(point)
                .setSource("none");
    }
}
