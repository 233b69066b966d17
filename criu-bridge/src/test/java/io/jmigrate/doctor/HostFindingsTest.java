package io.jmigrate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.feature.CriuFeatures;
import io.jmigrate.doctor.Finding.Rank;
import io.jmigrate.doctor.HostFacts.Kernel;
import io.jmigrate.doctor.HostFacts.Room;
import io.jmigrate.doctor.HostFacts.User;
import io.jmigrate.migration.wire.TlsEngine;
import io.jmigrate.runtime.linux.Capability;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts that nobody has. */
class HostFindingsTest {
    private static final long ALL = -1L;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private CriuFacts criu =
            new CriuFacts.Usable(Path.of("/usr/sbin/criu"), "4.2.1", Optional.of(new CriuFeatures(true, true)));
    private String machine = "amd64";
    private Kernel kernel = new Kernel("6.18.5", true, true, true, true, Optional.of(true), MIB);
    private CgroupLayout cgroups = CgroupLayout.V2;
    private User user = new User(0, ALL);
    private Set<Program> absent = Set.of();
    private OptionalLong free = OptionalLong.of(GIB);
    private boolean keepsFacts = true;
    private TlsEngine tls = TlsEngine.BORINGSSL;
    private OptionalInt service = OptionalInt.of(42);
    private boolean systemd = true;

    @Test
    void nothingIsAmissWhereAllIsThere() {
        assertThat(findings()).extracting(Finding::rank).containsOnly(Rank.OK);
        assertThat(finding("CRIU").sentence()).isEqualTo("version 4.2.1 at /usr/sbin/criu");
        assertThat(finding("room in /images").sentence()).startsWith("1024 MiB are free");
        assertThat(finding("service").sentence()).isEqualTo("it runs as process 42");
    }

    @Test
    void aCriuThatCanNotBeUsedIsAProblemInItsOwnWords() {
        criu = new CriuFacts.Unusable("CRIU 3.17 at /usr/sbin/criu is too old: 4.2 or newer is needed");

        assertThat(problems())
                .containsExactly(Finding.problem(
                        "CRIU",
                        "CRIU 3.17 at /usr/sbin/criu is too old: 4.2 or newer is needed",
                        "install CRIU 4.2 or newer, or name it: --criu FILE"));
        assertThat(findings()).extracting(Finding::name).doesNotContain("dirty tracking", "lazy pages");
    }

    @ParameterizedTest
    @CsvSource({"true, true, OK, OK", "false, true, NOTE, OK", "true, false, OK, NOTE", "false, false, NOTE, NOTE"})
    void whatTheKernelCanNotDoForCriuIsNoProblem(boolean dirty, boolean lazy, Rank tracking, Rank pages) {
        criu = new CriuFacts.Usable(Path.of("/criu"), "4.3", Optional.of(new CriuFeatures(dirty, lazy)));

        assertThat(finding("dirty tracking").rank()).isEqualTo(tracking);
        assertThat(finding("lazy pages").rank()).isEqualTo(pages);
    }

    @Test
    void aCriuThatDoesNotTellItsFeaturesIsUsableAllTheSame() {
        criu = new CriuFacts.Usable(Path.of("/criu"), "4.3", Optional.empty());

        assertThat(problems()).isEmpty();
        assertThat(finding("features").rank()).isEqualTo(Rank.NOTE);
    }

    @ParameterizedTest
    @CsvSource({"V2, OK", "V1, NOTE", "HYBRID, NOTE", "NONE, PROBLEM"})
    void cgroupsAreToldApart(CgroupLayout layout, Rank rank) {
        cgroups = layout;

        assertThat(finding("cgroups").rank()).isEqualTo(rank);
    }

    @ParameterizedTest
    @CsvSource({
        "CAP_SYS_ADMIN, PROBLEM",
        "CAP_SYS_PTRACE, PROBLEM",
        "CAP_NET_ADMIN, PROBLEM",
        "CAP_SYS_RESOURCE, NOTE",
        "CAP_MKNOD, NOTE"
    })
    void aCapabilityThatRootLacksIsNamed(Capability capability, Rank rank) {
        user = new User(0, ALL & ~capability.bit());

        assertThat(finding(capability.name()).rank()).isEqualTo(rank);
        assertThat(findings()).extracting(Finding::name).doesNotContain("capabilities");
    }

    @ParameterizedTest
    @CsvSource({"1, false, NOTE", "1, true, OK", "3, false, NOTE", "4, false, OK"})
    void pipesMayBeAsLargeAsCriuMakesThemWithTheRightToItOrWhereAllMay(long mib, boolean right, Rank rank) {
        kernel = new Kernel("6.18.5", true, true, true, true, Optional.of(true), mib * MIB);
        user = new User(0, right ? ALL : ALL & ~Capability.CAP_SYS_RESOURCE.bit());

        assertThat(finding("pipes").rank()).isEqualTo(rank);
    }

    @Test
    void capabilitiesThatCriuDoesNotUseMayBeAbsent() {
        user = new User(0, ALL & ~Capability.CAP_SYS_BOOT.bit());

        assertThat(finding("capabilities").rank()).isEqualTo(Rank.OK);
    }

    @Test
    void anOrdinaryUserHasOneProblemAndNotAListOfCapabilities() {
        user = new User(1000, 0);

        assertThat(problems()).extracting(Finding::name).containsExactly("user");
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void aProgramThatIsAbsentIsNamedWithItsPackage(Program program) {
        absent = EnumSet.of(program);

        assertThat(finding(program.word()).rank()).isEqualTo(program == Program.IP ? Rank.NOTE : Rank.PROBLEM);
        assertThat(finding(program.word()).remedy()).startsWith("install the package ");
        assertThat(findings()).extracting(Finding::name).doesNotContain("programs");
    }

    @Test
    void aKernelWithoutNftablesIsTheOnlyOneThatIsOfNoUse() {
        kernel = new Kernel("5.4.0", false, false, false, false, Optional.of(false), MIB);

        assertThat(problems()).extracting(Finding::name).containsExactly("nftables");
        assertThat(List.of("userfaultfd", "PAGEMAP_SCAN", "time namespaces", "tracker"))
                .allSatisfy(name -> assertThat(finding(name).rank()).isEqualTo(Rank.NOTE));

        kernel = new Kernel("5.4.0", true, true, true, true, Optional.empty(), MIB);
        assertThat(finding("nftables").rank()).isEqualTo(Rank.NOTE);
    }

    @Test
    void theTrackerOfDirtyPagesIsNamedWithWhatLacksForABetterOne() {
        assertThat(finding("tracker").sentence()).startsWith("uffd: ");

        kernel = new Kernel("6.6.0", true, false, false, true, Optional.of(true), MIB);
        assertThat(finding("tracker").sentence()).startsWith("hash: ").contains("Linux 6.7");
    }

    @Test
    void littleRoomIsSaid() {
        free = OptionalLong.of(GIB / 8);
        assertThat(finding("room in /images").rank()).isEqualTo(Rank.NOTE);
        assertThat(finding("room in /images").sentence()).startsWith("128 MiB are free");

        free = OptionalLong.empty();
        assertThat(finding("room in /images").rank()).isEqualTo(Rank.NOTE);
    }

    @Test
    void whatIsPleasantToHaveIsNoProblemWhereItIsAbsent() {
        keepsFacts = false;
        tls = TlsEngine.JVM;
        service = OptionalInt.empty();
        systemd = false;
        machine = "aarch64";

        assertThat(problems()).isEmpty();
        assertThat(List.of("/run", "TLS", "service", "systemd", "architecture"))
                .allSatisfy(name -> assertThat(finding(name).rank()).isEqualTo(Rank.NOTE));
    }

    private List<Finding> findings() {
        Room room = new Room(Path.of("/images"), "checkpoint writes", free);
        return HostFindings.of(new HostFacts(
                criu, machine, kernel, cgroups, user, absent, List.of(room), keepsFacts, tls, service, systemd));
    }

    private List<Finding> problems() {
        return findings().stream().filter(Finding::isProblem).toList();
    }

    private Finding finding(String name) {
        return findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
