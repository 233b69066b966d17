package io.jmigrate.criu.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.rpc.wire.Options;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnclosureTest {
    @Test
    void theLaunchersNamespacesTakeNoWords() {
        assertThat(Enclosure.NONE.command()).isEmpty();
        assertThat(Enclosure.NONE.hidesClient()).isFalse();
    }

    @Test
    void aNetworkIsEntered() {
        Enclosure network = Enclosure.network(Path.of("/run/netns/a"));

        assertThat(network.command()).containsExactly("nsenter", "--net=/run/netns/a", "--");
        assertThat(network.hidesClient()).as("its client is seen from there").isFalse();
    }

    @Test
    void thePidsOfAJobAreEnteredWithItsMountsAndItsNetwork() {
        assertThat(Enclosure.pidsOf(7).command())
                .containsExactly(
                        "nsenter", "--mount=/proc/7/ns/mnt", "--net=/proc/7/ns/net", "--pid=/proc/7/ns/pid", "--");
        assertThat(Enclosure.pidsOf(7).hidesClient()).isTrue();
    }

    @Test
    void newPidsAreMadeForARoot() {
        Enclosure pids = Enclosure.newPids(Path.of("/lib/jmigrate-pidns"), 4711);

        assertThat(pids.command()).containsExactly("/lib/jmigrate-pidns", "4711");
        assertThat(pids.hidesClient()).isTrue();
    }

    @Test
    void whatItCantSeeIsHandedToIt() {
        Fd one = Fd.of(1);
        assertThat(Enclosure.newPids(Path.of("/lib/jmigrate-pidns"), 7).handed(one, Optional.of(one), Optional.empty()))
                .containsOnlyKeys(64, 66);
        assertThat(Enclosure.NONE.handed(one, Optional.of(one), Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatIsHandedIsNamedByDescriptorsOfCriusOwn() {
        Options options = Options.newBuilder()
                .setImagesDirFd(9)
                .setWorkDirFd(10)
                .setConfigFile("/proc/1/fd/11")
                .build();
        Options seen = Calls.withHanded(
                        Calls.version().toBuilder().setOpts(options).build())
                .getOpts();

        assertThat(seen.getImagesDir()).isEqualTo("/proc/self/fd/64");
        assertThat(seen.getImagesDirFd()).isEqualTo(-1);
        assertThat(seen.hasWorkDirFd()).isFalse();
        assertThat(seen.getConfigFile()).isEqualTo("/proc/self/fd/65");
        assertThat(Calls.withHanded(Calls.version()).getOpts().hasConfigFile()).isFalse();
    }
}
