package io.jmigrate.criu.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.rpc.wire.Call;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EnclosureTest {
    @Test
    void theLaunchersNamespacesTakeNoWords() {
        assertThat(Enclosure.NONE.command()).isEmpty();
        assertThat(Enclosure.NONE.images()).isEmpty();
    }

    @Test
    void aNetworkIsEntered() {
        Enclosure network = Enclosure.network(Path.of("/run/netns/a"));

        assertThat(network.command()).containsExactly("nsenter", "--net=/run/netns/a", "--");
        assertThat(network.images()).as("its client is seen from there").isEmpty();
    }

    @Test
    void thePidsOfAJobAreEnteredWithItsMountsAndItsNetwork() {
        assertThat(Enclosure.pidsOf(7).command())
                .containsExactly(
                        "nsenter", "--mount=/proc/7/ns/mnt", "--net=/proc/7/ns/net", "--pid=/proc/7/ns/pid", "--");
        assertThat(Enclosure.pidsOf(7).images()).isPresent();
    }

    @Test
    void newPidsAreMadeForARoot() {
        Enclosure pids = Enclosure.newPids(Path.of("/lib/jmigrate-pidns"), 4711);

        assertThat(pids.command()).containsExactly("/lib/jmigrate-pidns", "4711");
        assertThat(pids.images()).isPresent();
    }

    @Test
    void imagesAreNamedByADescriptorOfCriusOwn() {
        Call call = Calls.withImagesAt(Calls.version(), 64);

        assertThat(call.getOpts().getImagesDir()).isEqualTo("/proc/self/fd/64");
        assertThat(call.getOpts().getImagesDirFd()).isEqualTo(-1);
    }
}
