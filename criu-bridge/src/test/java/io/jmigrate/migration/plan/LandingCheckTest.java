package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.consent.SpecPart;
import io.jmigrate.runtime.linux.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingCheckTest {
    private static final LandingPolicy POLICY =
            LandingPolicy.at(Path.of("/srv/landed")).withMounts(List.of(Path.of("/srv/shared")));

    /** Of a usual container, with everything that engines write; texts have single quotes for double ones. */
    private static final String USUAL = """
            {'ociVersion':'1.0.2','root':{'path':'rootfs','readonly':true},'hostname':'web',
             'process':{'args':['sh'],'cwd':'/','user':{'uid':0,'gid':0},'noNewPrivileges':true,'oomScoreAdj':100,
                'capabilities':{'bounding':['CAP_CHOWN','CAP_NET_RAW'],'effective':['CAP_CHOWN']},
                'rlimits':[{'type':'RLIMIT_NOFILE','hard':1024,'soft':1024},{'type':'RLIMIT_NICE','hard':0,'soft':0}]},
             'mounts':[{'destination':'/proc','type':'proc','source':'proc'},
                {'destination':'/sys','type':'sysfs','source':'sysfs','options':['ro']},
                {'destination':'/data','type':'bind','source':'/srv/shared/web','options':['rbind']}],
             'annotations':{'io.jmigrate.network':'{}','io.podman.annotations':'x','org.criu.config':''},
             'linux':{'namespaces':[{'type':'pid'},{'type':'mount'},{'type':'ipc'},{'type':'uts'},{'type':'network'}],
                'maskedPaths':['/proc/kcore','/proc/keys','/sys/firmware'],
                'readonlyPaths':['/proc/sys','/proc/sysrq-trigger'],
                'sysctl':{'net.ipv4.ping_group_range':'0 0'},
                'seccomp':{'defaultAction':'SCMP_ACT_ERRNO'},
                'resources':{'memory':{'limit':1000},'pids':{'limit':10},
                    'devices':[{'allow':false,'access':'rwm'},{'allow':true,'type':'c','major':1,'minor':3,'access':'rw'}]}}}
            """;

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> problems(LandingPolicy policy, String pointer, String value) {
        ObjectNode config = json(USUAL);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) config.at(pointer.substring(0, slash)))
                .set(
                        pointer.substring(slash + 1),
                        json("{'value':" + value + "}").get("value"));
        return LandingCheck.of(config, policy);
    }

    @Test
    void letsAnOrdinaryContainerLand() {
        assertThat(LandingCheck.of(json(USUAL), POLICY)).isEmpty();
    }

    /** Each is one thing that a hostile peer could want of this host. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /hooks | {'prestart':[{'path':'/bin/sh'}]} | hooks: prestart "/bin/sh"
            /mounts | [{'source':'/etc','type':'bind'}] | mounts "/etc" of this host
            /mounts | [{'source':'/srv/shared/../../etc','type':'none','options':['bind']}] | of this host, which is not allowed
            /mounts | [{'source':'/srv/sharedother','options':['rbind']}] | of this host, which is not allowed
            /mounts | [{'source':'srv/shared','options':['rbind']}] | of this host, which is not allowed
            /mounts | [{'source':'/srv/shared/\\u0000','options':['rbind']}] | of this host, which is not allowed
            /mounts | [{'source':'/dev/sda','type':'ext4','destination':'/x'}] | mounts: "ext4" of "/dev/sda"
            /mounts | [{'source':'x','type':'sysfs','destination':'/sys'}] | mounts: "sysfs" of "x"
            /mounts | [{'source':'x','type':'tmpfs','destination':'/x','options':['rshared']}] | mounts: "tmpfs"
            /linux/devices | [{'path':'/dev/sda','type':'b'}] | devices: "/dev/sda"
            /linux/netDevices | {'eth0':{}} | devices: the network's "eth0"
            /linux/resources/devices | [{'allow':true,'access':'rwm'}] | devices: access to "a" *:*
            /linux/resources/unified | {'memory.min':'1'} | cgroups: "memory.min"
            /linux/namespaces | [{'type':'pid'},{'type':'mount'},{'type':'ipc'},{'type':'uts'}] | namespaces: the host's network
            /linux/namespaces | [{'type':'network'},{'type':'mount'},{'type':'ipc'},{'type':'uts'}] | namespaces: the host's pid
            /linux/namespaces | [{'type':'pid','path':'/proc/1/ns/pid'},{'type':'mount'},{'type':'ipc'},{'type':'uts'},{'type':'network'}] | namespaces: "pid" of "/proc/1/ns/pid"
            /linux/maskedPaths | ['/proc/keys','/sys/firmware'] | unmasked: /proc/kcore can be read
            /linux/readonlyPaths | ['/proc/sysrq-trigger'] | unmasked: /proc/sys can be written
            /linux/rootfsPropagation | 'shared' | mounts: a root filesystem that is shared
            /linux/mountLabel | 'system_u:object_r:etc_t:s0' | labels: mountLabel
            /linux/intelRdt | {'closID':'x'} | the config has linux.intelRdt
            /linux/resources/blkio | {'weight':1000} | the config has linux.resources.blkio
            /linux/seccomp | {'defaultAction':'SCMP_ACT_NOTIFY','listenerPath':'/run/x'} | the config has linux.seccomp.listenerPath
            /process/apparmorProfile | 'unconfined' | labels: apparmorProfile "unconfined"
            /process/selinuxLabel | 'system_u:system_r:spc_t:s0' | labels: selinuxLabel
            /process/capabilities | {'bounding':['CAP_SYS_ADMIN']} | capabilities: "CAP_SYS_ADMIN"
            /process/capabilities | {'ambient':['cap_sys_admin']} | capabilities: "cap_sys_admin"
            /process/oomScoreAdj | -1000 | oomScoreAdj -1000
            /process/rlimits | [{'type':'RLIMIT_RTPRIO','hard':99,'soft':0}] | RLIMIT_RTPRIO
            /process/scheduler | {'policy':'SCHED_FIFO','priority':99} | the config has process.scheduler
            /process/ioPriority | {'class':'IOPRIO_CLASS_RT'} | the config has process.ioPriority
            /annotations | {'org.criu.config':'/srv/landed/web/rootfs/criu.conf'} | a configuration file of CRIU
            /vm | {'kernel':{'path':'/x'}} | the config has vm
            """)
    void refusesWhatReachesForTheHost(String pointer, String value, String problem) {
        assertThat(problems(POLICY, pointer, value)).singleElement().asString().contains(problem);
    }

    @Test
    void letsInWhatTheNodeGrants() {
        LandingPolicy granting = POLICY.withGrants(new LandingGrants(
                Set.of(SpecPart.NAMESPACES, SpecPart.DEVICES, SpecPart.CGROUPS),
                Set.of(Capability.CAP_SYS_NICE, Capability.CAP_SYS_RESOURCE),
                Set.of()));
        assertThat(problems(granting, "/linux/namespaces", "[]")).isEmpty();
        assertThat(problems(granting, "/linux/devices", "[{'path':'/dev/fuse','type':'c'}]"))
                .isEmpty();
        assertThat(problems(granting, "/process/capabilities", "{'bounding':['CAP_SYS_NICE']}"))
                .isEmpty();
        assertThat(problems(granting, "/process/capabilities", "{'bounding':['CAP_SYS_ADMIN']}"))
                .hasSize(1);
        assertThat(problems(granting, "/process/oomScoreAdj", "-1")).isEmpty();
        assertThat(problems(granting, "/process/rlimits", "[{'type':'RLIMIT_NICE','hard':20,'soft':1}]"))
                .isEmpty();
    }

    /** Whoever lets in a tmpfs that spreads has not let in every file of the host. */
    @Test
    void judgesWhatIsMountedOfThisHostByItsPathWhateverElseIsGranted() {
        LandingPolicy granting = POLICY.withGrants(new LandingGrants(Set.of(SpecPart.MOUNTS), Set.of(), Set.of()));
        assertThat(problems(granting, "/mounts", "[{'source':'/dev/sda','type':'ext4','destination':'/x'}]"))
                .isEmpty();
        assertThat(problems(granting, "/mounts", "[{'source':'/etc','options':['rbind']}]"))
                .containsExactly("the config mounts \"/etc\" of this host, which is not allowed");
    }

    @Test
    void leavesThePlaceAmongItsCgroupsToTheNodeUnlessItIsGranted() {
        ObjectNode config = json("{'linux':{'cgroupsPath':'/system.slice/sshd.service'}}");
        assertThat(LandingCheck.cgroupInVain(config, POLICY)).contains("/system.slice/sshd.service");
        LandingPolicy granting = POLICY.withGrants(new LandingGrants(Set.of(SpecPart.CGROUPS), Set.of(), Set.of()));
        LandingCheck.leaveCgroupToNode(config, granting);
        assertThat(config.path("linux").has("cgroupsPath")).isTrue();
        LandingCheck.leaveCgroupToNode(config, POLICY);
        assertThat(config.path("linux").has("cgroupsPath")).isFalse();
        assertThat(problems(POLICY, "/linux/cgroupsPath", "'/x'")).isEmpty();
    }

    @Test
    void boundsTheMemoryOfAContainer() {
        LandingPolicy bounded = POLICY.withMemoryBytesMax(1000);
        assertThat(MemoryAllowance.problems(json(USUAL), new ContainerSize(900, 0, 0, 101, 0), bounded))
                .hasSize(1);
        ContainerSize small = new ContainerSize(1000, 0, 0, 0, 0);
        assertThat(MemoryAllowance.problems(json(USUAL), small, bounded)).isEmpty();
        assertThat(MemoryAllowance.problems(json(USUAL), new ContainerSize(1001, 0, 0, 0, 0), bounded))
                .hasSize(1);
        assertThat(MemoryAllowance.problems(json("{}"), small, bounded)).hasSize(1);
        assertThat(MemoryAllowance.problems(json("{'linux':{'resources':{'memory':{'limit':2000}}}}"), small, bounded))
                .hasSize(1);
        assertThat(MemoryAllowance.problems(json("{}"), small, POLICY)).isEmpty();
    }

    /** Whatever stands in it, there is a list of sentences. */
    @Property(tries = 3000)
    void judgesAnyConfig(@ForAll long seed) {
        ObjectNode config = json(USUAL);
        Random random = new Random(seed);
        for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
            disturb(config, random);
        }
        LandingCheck.leaveCgroupToNode(config, POLICY);
        LandingCheck.allowedMounts(config, POLICY);
        MemoryAllowance.problems(config, new ContainerSize(0, 0, 0, 0, 0), POLICY.withMemoryBytesMax(1));
        assertThat(LandingCheck.of(config, POLICY)).doesNotContainNull();
    }

    /** Puts something else in the place of a part of it. */
    private static void disturb(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        if (object.get(name) instanceof ObjectNode inner && random.nextInt(3) > 0) {
            disturb(inner, random);
        } else if (object.get(name) instanceof ArrayNode array && !array.isEmpty() && random.nextBoolean()) {
            array.set(random.nextInt(array.size()), any(random));
        } else {
            object.set(name, any(random));
        }
    }

    private static JsonNode any(Random random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> json.nullNode();
            case 1 -> json.numberNode(random.nextLong());
            case 2 -> json.textNode("\0/../x");
            case 3 -> json.booleanNode(true);
            case 4 -> json.arrayNode().add(1).add(json.objectNode());
            case 5 -> json.objectNode().put("path", 1).put("type", "bind");
            case 6 -> json.numberNode(1e300);
            default -> json.textNode("bind");
        };
    }
}
