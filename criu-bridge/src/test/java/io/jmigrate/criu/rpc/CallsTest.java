package io.jmigrate.criu.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.mapping.Inherited;
import io.jmigrate.criu.request.CgroupMode;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.LsmProfile;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.criu.request.TreeRestoreRequest;
import io.jmigrate.criu.rpc.wire.Call;
import io.jmigrate.criu.rpc.wire.NetworkLockMethod;
import io.jmigrate.criu.rpc.wire.Options;
import io.jmigrate.criu.rpc.wire.Verb;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {
    private static final Optional<Path> ROOT = Optional.of(Path.of("/r"));

    @Test
    void aDumpSaysOnlyWhatWasAskedFor() {
        try (Fd images = Descriptors.open(Path.of("/"), OpenFlag.DIRECTORY)) {
            Call call = Calls.dump(new DumpRequest(
                    42,
                    images,
                    Optional.empty(),
                    "dump.log",
                    ROOT,
                    TreeOptions.NONE,
                    DumpTerms.NONE,
                    Optional.empty(),
                    false,
                    false,
                    List.of("mnt[/data]:/data"),
                    false,
                    Optional.empty(),
                    true,
                    List.of("", "cpu,cpuacct"),
                    true,
                    new DumpRequest.Memory.ToPageServer(4)));

            assertThat(call.getOpts().getPid()).isEqualTo(42);
            assertThat(call.getOpts().getRoot()).isEqualTo("/r");
            assertThat(call.getOpts().getTcpEstablished()).isTrue();
            assertThat(call.getOpts().getFileLocks()).isTrue();
            assertThat(call.getOpts().getShellJob()).isFalse();
            assertThat(call.getOpts().getPs().getFd()).isEqualTo(4);
            assertThat(call.getOpts().getExternalList()).containsExactly("mnt[/data]:/data");
            assertThat(call.getOpts().getNetworkLock()).isEqualTo(NetworkLockMethod.NETWORK_LOCK_NFTABLES);
            assertThat(call.getOpts().getCgroupDumpControllerList()).containsExactly("", "cpu,cpuacct");
            assertThat(call.getOpts().hasWorkDirFd()).isFalse();
            assertThat(call.getOpts().hasFreezeCgroup()).isFalse();
            assertThat(call.getOpts().hasRstSibling()).isFalse();
        }
    }

    @Test
    void featuresAreAskedForByNamingThem() {
        assertThat(Calls.features().getType()).isEqualTo(Verb.VERB_FEATURE_CHECK);
        assertThat(Calls.features().getFeatures().getMemTrack()).isTrue();
        assertThat(Calls.features().getFeatures().getLazyPages()).isTrue();
    }

    @Test
    void aRestoreHandsOverDescriptorsAndMakesASibling() {
        Options options = restore(new Inherited("pipe:[stdout]", 5)).getOpts();

        assertThat(options.getInheritFd(0).getKey()).isEqualTo("pipe:[stdout]");
        assertThat(options.getInheritFd(0).getFd()).isEqualTo(5);
        assertThat(options.getRstSibling()).isTrue();
        assertThat(options.getShellJob()).isTrue();
        assertThat(options.getTcpClose()).isTrue();
        assertThat(options.getTcpEstablished()).isFalse();
    }

    /** Field numbers and types as criu's rpc.proto has them, spelled out: type=6 in field 1, notify_success=1 in field 3. */
    @Test
    void anAnswerIsEncodedAsCriuReadsIt() {
        byte[] answer = Call.newBuilder()
                .setType(Verb.VERB_NOTIFY)
                .setNotifySuccess(true)
                .build()
                .toByteArray();

        assertThat(HexFormat.of().formatHex(answer)).isEqualTo("08061801");
    }

    @Test
    void anIncrementalDumpNamesItsParentAndHasMemoryTracked() {
        DumpTerms terms = DumpTerms.NONE.withParent(Path.of("../first")).withAutoDedup(true);

        Call dump = dump(terms, TreeOptions.NONE, Calls::dump);
        Call preDump = dump(DumpTerms.NONE, TreeOptions.NONE, Calls::preDump);

        assertThat(dump.getType()).isEqualTo(Verb.VERB_DUMP);
        assertThat(dump.getOpts().getParentImg()).isEqualTo("../first");
        assertThat(dump.getOpts().getTrackMem()).isTrue();
        assertThat(dump.getOpts().getAutoDedup()).isTrue();
        assertThat(preDump.getType()).isEqualTo(Verb.VERB_PRE_DUMP);
        assertThat(preDump.getOpts().getTrackMem()).isTrue();
        assertThat(preDump.getOpts().hasParentImg()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SOFT, 3", "FULL, 4", "STRICT, 5", "IGNORE, 0"})
    void cgroupsAreTreatedAsItWasSaid(CgroupMode mode, int number) {
        Call call = dump(DumpTerms.NONE, TreeOptions.NONE.withCgroups(mode), Calls::dump);

        assertThat(call.getOpts().getManageCgroupsMode().getNumber()).isEqualTo(number);
    }

    @Test
    void aRestoreNamesTheLabelsThatAreToBe() {
        RestoreTerms terms = RestoreTerms.NONE
                .withLsmProfile(LsmProfile.parse("apparmor:web"))
                .withLsmMountContext("system_u:object_r:container_file_t:s0")
                .withAutoDedup(true);

        Options options = restore(new Inherited("x", 5), terms).getOpts();

        assertThat(options.getLsmProfile()).isEqualTo("apparmor:web");
        assertThat(options.getLsmMountContext()).isEqualTo("system_u:object_r:container_file_t:s0");
        assertThat(options.getAutoDedup()).isTrue();
    }

    private static Call dump(DumpTerms terms, TreeOptions tree, Function<DumpRequest, Call> verb) {
        try (Fd images = Descriptors.open(Path.of("/"), OpenFlag.DIRECTORY)) {
            return verb.apply(new DumpRequest(
                    42,
                    images,
                    Optional.empty(),
                    "dump.log",
                    ROOT,
                    tree,
                    terms,
                    Optional.empty(),
                    false,
                    false,
                    List.of(),
                    false,
                    Optional.empty(),
                    true,
                    List.of(),
                    true,
                    new DumpRequest.Memory.InImages()));
        }
    }

    private static Call restore(Inherited inherited) {
        return restore(inherited, RestoreTerms.NONE);
    }

    private static Call restore(Inherited inherited, RestoreTerms terms) {
        try (Fd images = Descriptors.open(Path.of("/"), OpenFlag.DIRECTORY)) {
            return Calls.restore(new TreeRestoreRequest(
                    images,
                    Optional.empty(),
                    "restore.log",
                    ROOT,
                    TreeOptions.NONE.withTcpClose(true),
                    terms,
                    Optional.empty(),
                    true,
                    List.of(),
                    false,
                    List.of(inherited),
                    Map.of("memory", "/web"),
                    false,
                    true));
        }
    }
}
