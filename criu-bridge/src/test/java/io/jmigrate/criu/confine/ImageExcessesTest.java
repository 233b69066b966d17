package io.jmigrate.criu.confine;

import static io.jmigrate.criu.confine.ConfinedImages.NO_SUID;
import static io.jmigrate.criu.confine.ConfinedImages.READ_ONLY;
import static io.jmigrate.criu.confine.ConfinedImages.core;
import static io.jmigrate.criu.confine.ConfinedImages.creds;
import static io.jmigrate.criu.confine.ConfinedImages.mount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupMember;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.Credentials;
import io.jmigrate.criu.image.entry.MountEntry;
import io.jmigrate.criu.image.entry.ThreadCore;
import io.jmigrate.criu.inspect.ImagesInMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageExcessesTest {
    /** Images with one thing more than the bundle gives. */
    record Case(String excess, ImagesInMemory images) {
        @Override
        public String toString() {
            return excess;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(rights(), others(), mounts()).flatMap(List::stream);
    }

    private static Case thread(String excess, Credentials.Builder creds) {
        return new Case(excess, ConfinedImages.sound().with("core-1.img", ImageKind.CORE, core(creds)));
    }

    private static List<Case> rights() {
        return List.of(
                thread("capabilities: thread 1 may have CAP_CHOWN", creds().addCapEff(1)),
                thread("capabilities: thread 1 may have CAP_SYS_ADMIN", creds().addCapPrm(1 << 21)),
                thread(
                        "capabilities: thread 1 may have CAP_BPF",
                        creds().addCapInh(0).addCapInh(1 << 7)),
                thread("capabilities: thread 1 may have CAP_CHOWN", creds().addCapAmb(1)),
                thread("capabilities: thread 1 may have CAP_CHOWN", creds().setCapBnd(0, 1 | 1 << 5)),
                thread(
                        "labels: thread 1 has the label \"unconfined\" and not \"own\"",
                        creds().setLsmProfile("unconfined")),
                thread("labels: thread 1 has the label \"\" and not \"own\"", creds().clearLsmProfile()),
                thread("ids: thread 1 is user 0", creds().setFsuid(0)),
                thread("ids: thread 1 is in group 0", creds().setSgid(0)),
                thread("ids: thread 1 is in group 6", creds().addGroups(6)),
                thread("privileges: thread 1 may get privileges from programs", creds().clearNoNewPrivs()));
    }

    private static List<Case> others() {
        ThreadCore.Builder unfiltered =
                ThreadCore.newBuilder().setCreds(creds()).setSeccompMode(0);
        return List.of(
                new Case(
                        "seccomp: thread 9 has no filter for system calls",
                        ConfinedImages.sound().with("core-9.img", ImageKind.CORE, core(unfiltered, 1))),
                new Case(
                        "seccomp: thread 1 has no filter for system calls",
                        ConfinedImages.sound().with("core-1.img", ImageKind.CORE, oldMode(core(creds())))),
                new Case(
                        "capabilities: thread 9 does not say what it may do",
                        ConfinedImages.sound().with("core-9.img", ImageKind.CORE, core(ThreadCore.newBuilder(), 1))),
                namespace("pid", NamespaceKind.PID),
                namespace("mount", NamespaceKind.MOUNT),
                namespace("user", NamespaceKind.USER),
                new Case(
                        "namespaces: process 1 is in the host's cgroup namespace",
                        ConfinedImages.sound()
                                .with(
                                        "cgroup.img",
                                        ImageKind.CGROUP,
                                        ConfinedImages.cgroups(CgroupMember.newBuilder()))),
                new Case(
                        "namespaces: process 1 is in the host's cgroup namespace",
                        ConfinedImages.sound().with("core-1.img", ImageKind.CORE, CoreEntry.getDefaultInstance())),
                new Case("namespaces: process 1 is in the host's cgroup namespace", numberless()),
                new Case(
                        "namespaces: the groups of the user namespace are other ones of the host",
                        ConfinedImages.sound().with("userns-6.img", ImageKind.USER_NAMESPACE, ConfinedImages.maps(0))),
                new Case(
                        "namespaces: the ids of the user namespace are not said",
                        ConfinedImages.sound().without("userns-6.img")));
    }

    /** The set without a number says where a namespace is, but CRIU makes none then. */
    private static ImagesInMemory numberless() {
        CgroupEntry.Builder cgroups =
                ConfinedImages.cgroups(CgroupMember.newBuilder().setCgnsPrefix(4)).toBuilder();
        cgroups.getSetsBuilder(0).setId(0);
        CoreEntry.Builder core = core(creds()).toBuilder();
        core.getThreadCoreBuilder().setCgSet(0);
        return ConfinedImages.sound()
                .with("cgroup.img", ImageKind.CGROUP, cgroups.build())
                .with("core-1.img", ImageKind.CORE, core.build());
    }

    /** As an old CRIU would have written it of a process without a filter. */
    private static CoreEntry oldMode(CoreEntry core) {
        return core.toBuilder()
                .setTc(core.getTc().toBuilder().setOldSeccompMode(0))
                .build();
    }

    private static Case namespace(String name, NamespaceKind kind) {
        return new Case(
                "namespaces: process 1 is in the host's " + name + " namespace",
                ConfinedImages.sound()
                        .with(
                                "ids-1.img",
                                ImageKind.IDS,
                                ConfinedImages.hosts(kind).build()));
    }

    private static List<Case> mounts() {
        return List.of(
                more("mounts: a filesystem of type debugfs is mounted at /tmp", mount("/tmp", 11, 0)),
                more(
                        "mounts: a filesystem of type debugfs is mounted at /tmp",
                        mount("/tmp", 11, 0).setFsname("tmpfs")),
                more(
                        "mounts: a filesystem of type ext4 is mounted at /mnt",
                        mount("/mnt", 16, 0).setFsname("ext4")),
                more("mounts: the mount at /proc is not nosuid", mount("/proc", ConfinedImages.PROC, 0)),
                more("mounts: the mount at / is not read-only", mount("/", 0, 0)),
                more(
                        "mounts: the mount at /data is not read-only",
                        mount("/data", 0, 0).setExtKey("/data")),
                more(
                        "mounts: what belongs at /data is mounted at /mnt",
                        mount("/mnt", 0, 0).setExtKey("/data")),
                more(
                        "mounts: a filesystem of type proc is mounted at /tmp/p",
                        mount("/tmp/p", ConfinedImages.PROC, READ_ONLY)),
                more("mounts: the mount at /proc/irq is not read-only", mount("/proc/irq", ConfinedImages.PROC, 0)),
                more("mounts: the place /proc/. is not a plain path", mount("/proc/.", ConfinedImages.PROC, NO_SUID)),
                more(
                        "unmasked: /proc/kcore is not hidden",
                        mount("/proc/kcore", ConfinedImages.PROC, READ_ONLY).setRoot("/kcore")),
                more("unmasked: /proc/sys is not read-only", mount("/proc/sys", ConfinedImages.PROC, 0)),
                new Case("unmasked: /proc/kcore is not hidden", onlyRoot()),
                new Case("unmasked: /proc/sys is not read-only", onlyRoot()));
    }

    private static ImagesInMemory onlyRoot() {
        return ConfinedImages.sound()
                .with(
                        "mountpoints-5.img",
                        ImageKind.MOUNTS,
                        mount("/", 0, READ_ONLY).build());
    }

    private static Case more(String excess, MountEntry.Builder mount) {
        return new Case(excess, ConfinedImages.sound().with("mountpoints-6.img", ImageKind.MOUNTS, mount.build()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesWhatIsMore(Case each) {
        assertThat(ConfinedImages.excesses(each.images()).stream().map(Excess::toString))
                .contains(each.excess());
    }

    @Test
    void findsNothingInImagesOfTheSameContainer() {
        assertThat(ConfinedImages.excesses(ConfinedImages.sound())).isEmpty();
        assertThat(ConfinedImages.excesses(
                        ConfinedImages.sound().with("core-9.img", ImageKind.CORE, core(ThreadCore.newBuilder(), 6))))
                .as("a zombie")
                .isEmpty();
    }

    /** Any set of capabilities, in any of the sets: what is more than the bundle's is named, and nothing else. */
    @Property(tries = 200)
    void capabilitiesAreJustTheBundles(@ForAll int low, @ForAll int high) {
        Credentials.Builder creds = creds().addCapEff(low).addCapEff(high);
        List<Excess> excesses =
                ConfinedImages.excesses(ConfinedImages.sound().with("core-1.img", ImageKind.CORE, core(creds)));
        boolean more = (low & ~(1 << 5)) != 0 || high != 0;
        assertThat(excesses).hasSize(more ? 1 : 0);
    }

    /** Consent to a part is consent to no other. */
    @Property(tries = 200)
    void onlyWhatWasConsentedToIsLetThrough(@ForAll Set<ConfinedPart> there, @ForAll Set<ConfinedPart> consented) {
        List<Excess> excesses = new ArrayList<>();
        there.forEach(part -> excesses.add(new Excess(part, "it is more")));
        if (consented.containsAll(there)) {
            assertThatCode(() -> ImageExcesses.refuse("it", excesses, consented))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> ImageExcesses.refuse("it", excesses, consented))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(CriuCode.IMAGES_EXCEED);
                        EnumSet<ConfinedPart> refused = EnumSet.copyOf(there);
                        refused.removeAll(consented);
                        assertThat(failure.details()).hasSize(refused.size());
                    });
        }
    }

    @Example
    void everyPartOfImagesHasACase() {
        assertThat(cases().map(each -> each.excess().substring(0, each.excess().indexOf(':')))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(ConfinedPart.LIMITS, ConfinedPart.RESOURCES)).stream()
                                .map(ConfinedPart::word)
                                .toList());
    }
}
