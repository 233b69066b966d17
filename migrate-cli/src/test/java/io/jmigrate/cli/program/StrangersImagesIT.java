package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.RlimitResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images that somebody has changed: what they ask for beyond the bundle is refused by name, or consented to. */
@Timeout(180)
class StrangersImagesIT extends InOneService {
    private static final List<String> DOCKERS_CAPABILITIES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE");

    private Path bundle;
    private Path archive;

    @BeforeEach
    void export() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served().with("TMPDIR", directory.toString());
        bundle = BundleConfig.change(Busybox.bundle(directory, "sleep", "300"), StrangersImagesIT::asDockerMakesThem);
        archive = directory.resolve("theirs.tar");
        start(bundle);
        succeed("checkpoint", "--compress", "none", "--export", archive.toString(), id);
    }

    /** What Docker writes for a container without options, as far as rights go. */
    private static void asDockerMakesThem(ObjectNode config) {
        ObjectNode sets = config.withObject("/process/capabilities");
        sets.removeAll();
        for (String set : List.of("bounding", "effective", "permitted")) {
            DOCKERS_CAPABILITIES.forEach(sets.putArray(set)::add);
        }
        config.withObject("/process").put("oomScoreAdj", 0);
        config.withObject("/process")
                .putArray("rlimits")
                .addObject()
                .put("type", "RLIMIT_NOFILE")
                .put("soft", 512)
                .put("hard", 1024);
        ObjectNode linux = config.withObject("/linux");
        ArrayNode namespaces = linux.withArray("namespaces");
        if (namespaces.findValuesAsText("type").stream().noneMatch("cgroup"::equals)) {
            namespaces.addObject().put("type", "cgroup");
        }
        List.of("/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware")
                .forEach(linux.putArray("maskedPaths")::add);
        List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger")
                .forEach(linux.putArray("readonlyPaths")::add);
        linux.putObject("seccomp")
                .put("defaultAction", "SCMP_ACT_ALLOW")
                .putArray("syscalls")
                .addObject()
                .put("action", "SCMP_ACT_ERRNO")
                .putArray("names")
                .add("kexec_load");
    }

    private Called restore(String... options) {
        List<String> words = new ArrayList<>(List.of("restore", "--detach", "--import", archive.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("--bundle", bundle.toString(), id));
        return program.run(words.toArray(String[]::new));
    }

    private void assertRefused(Called called, String... sentences) {
        assertThat(called.err()).contains(sentences);
        assertThat(called.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }

    @Test
    void whatTheyAskForBeyondTheBundleHasToBeConsentedTo() throws IOException {
        assertThat(restore()).as("as Docker makes it").isEqualTo(new Called(0, "", ""));
        succeed("delete", "--force", id);
        UnpackedArchive unpacked = UnpackedArchive.of(archive, directory.resolve("unpacked"));

        unpacked.change("core-1.img", ImageKind.CORE, CoreEntry.parser(), StrangersImagesIT::withMore);
        assertRefused(
                restore(),
                "\"" + id + "\": its images have more than its bundle gives\n",
                "\n    capabilities: thread 1 may have CAP_SYS_PTRACE\n",
                "\n    resources: process 1 has the RLIMIT_NOFILE 1025 and not 1024\n",
                "--allow-images PART");
        assertThat(restore("--allow-images", "capabilities,resources")).isEqualTo(new Called(0, "", ""));
        assertThat(program.run("exec", id, "cat", "/proc/1/limits").out())
                .containsPattern("Max open files +512 +1025 ");
        succeed("delete", "--force", id);

        unpacked.changeCgroups(StrangersImagesIT::elsewhere);
        String[] consent = {"--allow-images", "capabilities,resources,namespaces"};
        assertRefused(
                restore(consent),
                "\"" + id + "\": its images put it outside of its cgroups\n",
                "\n    / is not below its cgroup /",
                "--manage-cgroups-mode ignore");
        assertThat(restore(consent[0], consent[1], "--manage-cgroups-mode", "ignore"))
                .isEqualTo(new Called(0, "", ""));
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");
    }

    private static CoreEntry withMore(CoreEntry core) {
        CoreEntry.Builder more = core.toBuilder();
        var creds = more.getThreadCoreBuilder().getCredsBuilder();
        creds.setCapPrm(0, creds.getCapPrm(0) | (int) Capability.CAP_SYS_PTRACE.bit());
        more.getTcBuilder()
                .getRlimitsBuilder()
                .getRlimitsBuilder(RlimitResource.NOFILE.number())
                .setMax(1025);
        return more.build();
    }

    private static void elsewhere(CgroupEntry.Builder entry) {
        entry.getSetsBuilderList().forEach(set -> set.getCtlsBuilderList()
                .forEach(member -> member.setPath("/").clearCgnsPrefix()));
    }
}
