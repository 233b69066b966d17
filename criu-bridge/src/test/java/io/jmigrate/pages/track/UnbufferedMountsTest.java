package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.MountInfo;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnbufferedMountsTest {
    private static final Map<String, String> TYPES = Map.of("/fast", "ext4", "/shared", "virtiofs");

    @ParameterizedTest
    @ValueSource(strings = {"fuse", "fuse.sshfs", "fuse.fuse-overlayfs", "fuseblk", "virtiofs", "9p", "cifs", "smb3"})
    void theirServersDecide(String type) {
        assertThat(includes(type, "rw")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "tmpfs", "nfs4", "ceph", "proc", "fusectl"})
    void othersGoByTheProgramAlone(String type) {
        assertThat(includes(type, "rw")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'rw,lowerdir=/fast:/shared,upperdir=/fast,workdir=/fast', true",
        "'rw,lowerdir=/fast,upperdir=/shared,workdir=/fast', true",
        "'rw,lowerdir+=/fast,lowerdir+=/shared', true",
        "'rw,lowerdir=/fast,upperdir=/fast,workdir=/shared', false",
        "'rw,lowerdir=l/A:l/B,upperdir=diff', false"
    })
    void anOverlayGoesByItsLayers(String options, boolean included) {
        assertThat(includes("overlay", options)).isEqualTo(included);
    }

    @Test
    void theLayersOfThisHostAreFound() {
        MountInfo mount = mount("overlay", "rw,lowerdir=/proc/sys:/nowhere,upperdir=relative");

        assertThat(UnbufferedMounts.include(mount)).isFalse();
    }

    private static boolean includes(String type, String options) {
        return UnbufferedMounts.include(mount(type, options), directory -> Optional.ofNullable(TYPES.get(directory)));
    }

    private static MountInfo mount(String type, String options) {
        return MountInfo.parse("41 1 0:40 / /data rw - " + type + " source " + options)
                .getFirst();
    }
}
