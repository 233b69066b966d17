package io.jmigrate.archive.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.DefaultSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpecReductionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOTFS = Path.of("/srv/web");

    @TempDir
    private Path directory;

    /** A document of one quotation mark's kind: ' for ". */
    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    private static ObjectNode usual() {
        return DefaultSpec.rootful().document().deepCopy();
    }

    private static ReducedSpec reduce(JsonNode spec, SpecPart... allowed) {
        return SpecReduction.of((ObjectNode) spec, ROOTFS, Set.of(allowed));
    }

    private static List<String> asked(ReducedSpec reduced) {
        return Stream.concat(reduced.refused().stream(), reduced.leftOut().stream())
                .map(SpecItem::toString)
                .toList();
    }

    @Test
    void aUsualContainerNeedsNoConsent() {
        ReducedSpec reduced = reduce(usual());
        assertThat(asked(reduced)).isEmpty();
        ObjectNode expected = usual();
        expected.withObject("root").put("path", "/srv/web");
        expected.withObject("linux")
                .withObject("resources")
                .withArray("devices")
                .addObject()
                .put("allow", false)
                .put("access", "rwm");
        assertThat(reduced.document()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            mounts | {'destination':'/x','type':'bind','source':'/etc'} | mounts: the host's "/etc" at "/x"
            mounts | {'destination':'/x','type':'none','source':'/etc','options':['rbind','ro']} | mounts: the host's "/etc" at "/x"
            mounts | {'destination':'/sys','type':'sysfs','source':'s','options':['rw']} | mounts: "sysfs" of "s" at "/sys" with "rw"
            mounts | {'destination':'/sys','type':'sysfs','source':'s','options':['ro','rw']} | mounts: "sysfs" of "s" at "/sys" with "ro,rw"
            mounts | {'destination':'/c','type':'cgroup','source':'c'} | mounts: "cgroup" of "c" at "/c"
            mounts | {'destination':'/x','type':'ext4','source':'/dev/sda1'} | mounts: "ext4" of "/dev/sda1" at "/x"
            mounts | {'destination':'/x','type':'tmpfs','source':'t','options':['rshared']} | mounts: "tmpfs" of "t" at "/x" with "rshared"
            mounts | {'destination':'/\\u001b[2J','type':'bind','source':'/'} | mounts: the host's "/" at "/\\u001b[2J"
            linux/devices | {'path':'/dev/sda','type':'b','major':8,'minor':0} | devices: "/dev/sda"
            linux/resources/devices | {'allow':true,'access':'rwm'} | devices: access to "a" *:*
            linux/resources/devices | {'allow':true,'type':'b','major':8,'access':'r'} | devices: access to "b" 8:*
            linux/resources/devices | {'allow':true,'type':'c','major':10,'minor':200,'access':'rwm'} | devices: access to "c" 10:200
            linux/namespaces | {'type':'cgroup','path':'/proc/1/ns/cgroup'} | namespaces: "cgroup" of "/proc/1/ns/cgroup"
            hooks/prestart | {'path':'/bin/sh','args':['sh','-c','reboot']} | hooks: prestart "/bin/sh"
            hooks/poststop | {'path':'/bin/sh'} | hooks: poststop "/bin/sh"
            process/capabilities/bounding | 'CAP_SYS_ADMIN' | capabilities: "CAP_SYS_ADMIN"
            process/capabilities/ambient | 'CAP_SYS_PTRACE' | capabilities: "CAP_SYS_PTRACE"
            """)
    void namesWhatReachesForTheHost(String place, String added, String asked) throws IOException {
        ObjectNode spec = usual();
        spec.withArray("/" + place).add(JSON.readTree(added.replace('\'', '"')));
        ReducedSpec reduced = reduce(spec);
        assertThat(asked(reduced)).containsExactly(asked);
        assertThat(reduced.document()).isEqualTo(reduce(usual()).document());

        SpecPart part = SpecPart.valueOf(asked.substring(0, asked.indexOf(':')).toUpperCase(Locale.ROOT));
        ReducedSpec consented = reduce(spec, part);
        assertThat(asked(consented)).isEmpty();
        assertThat(consented.document().at("/" + place))
                .isNotEqualTo(reduced.document().at("/" + place));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            annotations/org.criu.config | '/tmp/criu.conf' | annotations: "org.criu.config"
            linux/cgroupsPath | '/../../system.slice' | cgroups: cgroupsPath "/../../system.slice"
            linux/resources/unified | {'../cgroup.procs':'1'} | cgroups: "../cgroup.procs"
            linux/mountLabel | 'system_u:object_r:x' | labels: mountLabel "system_u:object_r:x"
            process/apparmorProfile | 'unconfined' | labels: apparmorProfile "unconfined"
            linux/rootfsPropagation | 'shared' | mounts: a root filesystem that is shared
            linux/maskedPaths | ['/proc/keys','/sys/firmware'] | unmasked: /proc/kcore can be read
            linux/readonlyPaths | ['/proc/sysrq-trigger'] | unmasked: /proc/sys can be written
            linux/netDevices | {'eth0':{}} | devices: the network's "eth0"
            """)
    void namesWhatGivesPowerOverTheHost(String place, String value, String asked) throws IOException {
        ObjectNode spec = usual();
        int slash = place.lastIndexOf('/');
        spec.withObject("/" + place.substring(0, slash))
                .set(place.substring(slash + 1), JSON.readTree(value.replace('\'', '"')));
        assertThat(asked(reduce(spec))).containsExactly(asked);
        assertThat(asked(reduce(spec, SpecPart.values()))).isEmpty();
    }

    @Test
    void namespacesOfTheHostAreNamedToo() throws IOException {
        ObjectNode spec = json(
                "{'linux':{'namespaces':[{'type':'mount'},{'type':'uts'},{'type':'ipc'}],"
                        + "'maskedPaths':['/proc/kcore','/proc/keys','/sys/firmware'],'readonlyPaths':['/proc/sys','/proc/sysrq-trigger']}}");
        assertThat(asked(reduce(spec))).containsExactly("namespaces: the host's network", "namespaces: the host's pid");
    }

    /** Whatever else there may be, such as a field of a later version of the specification, is not taken. */
    @Test
    void whatNobodyKnowsIsLeftOut() throws IOException {
        ObjectNode spec = usual();
        spec.set("vm", json("{'kernel':{'path':'/x'}}"));
        spec.withObject("process").put("selinuxLabelOfTomorrow", "x");
        spec.withObject("linux")
                .put("tomorrow", true)
                .putObject("seccomp")
                .put("defaultAction", "SCMP_ACT_ALLOW")
                .put("listenerPath", "/run/x");
        ObjectNode document = reduce(spec).document();
        assertThat(document.has("vm")).isFalse();
        assertThat(document.path("process").has("selinuxLabelOfTomorrow")).isFalse();
        assertThat(document.path("linux").has("tomorrow")).isFalse();
        assertThat(document.at("/linux/seccomp")).isEqualTo(json("{'defaultAction':'SCMP_ACT_ALLOW'}"));
    }

    /** Values of a type that nobody expects are no way around. */
    @ParameterizedTest
    @EnumSource(SpecPart.class)
    void oddTypesAskForNothingMore(SpecPart part) throws IOException {
        ObjectNode odd = json(
                "{'process':[],'mounts':{'a':1},'hooks':[1],'annotations':'x','linux':{'devices':'x','resources':[],"
                        + "'namespaces':{},'netDevices':[],'seccomp':[],'maskedPaths':'x'},'root':1}");
        ReducedSpec reduced = reduce(odd, EnumSet.complementOf(EnumSet.of(part)).toArray(SpecPart[]::new));
        assertThat(reduced.document().at("/root/path").asText()).isEqualTo("/srv/web");
    }

    @Test
    void aBundleIsMadeOnlyOfWhatWasConsentedTo() throws IOException {
        Path spec = directory.resolve("spec.dump");
        ObjectNode document = usual();
        document.withArray("mounts").add(json("{'destination':'/x','type':'bind','source':'/etc'}"));
        document.withObject("annotations").put("a", "b");
        Files.write(spec, JSON.writeValueAsBytes(document));
        Path bundle = directory.resolve("bundle");
        assertThatThrownBy(() -> ArchiveBundle.make("a.tar", spec, ROOTFS, Set.of(), bundle))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_SPEC_REFUSED);
                    assertThat(failure.details()).containsExactly("mounts: the host's \"/etc\" at \"/x\"");
                })
                .hasMessage("archive a.tar asks for what nobody has consented to");
        assertThat(bundle).doesNotExist();

        ArchiveBundle made = ArchiveBundle.make("a.tar", spec, ROOTFS, Set.of(SpecPart.MOUNTS), bundle);
        assertThat(made.leftOut()).extracting(SpecItem::toString).containsExactly("annotations: \"a\"");
        assertThat(bundle.resolve("config.json")).content().contains("\"/etc\"").doesNotContain("annotations");
        assertThatThrownBy(() -> ArchiveBundle.make("a.tar", spec, ROOTFS, Set.of(SpecPart.MOUNTS), bundle))
                .hasMessage(bundle + "/config.json exists already: that bundle decides, not the archive");
        made.removeAfter(new IOException());
        assertThat(bundle).doesNotExist();
    }
}
