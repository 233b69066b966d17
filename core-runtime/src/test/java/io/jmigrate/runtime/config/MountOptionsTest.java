package io.jmigrate.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.MountAttribute;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountOptionsTest {
    @Test
    void sortsFlagsPropagationAndData() {
        MountOptions options = parse("nosuid", "strictatime", "mode=755", "size=65536k", "rslave", "defaults", "acl");

        assertThat(options.flags()).containsExactlyInAnyOrder(MountFlag.NO_SUID, MountFlag.STRICT_ATIME);
        assertThat(options.data()).isEqualTo("mode=755,size=65536k,acl");
        assertThat(options.propagations()).containsExactly(Propagation.RSLAVE);
        assertThat(options.bind()).isFalse();
    }

    @Test
    void letsTheLaterOfTwoOptionsWin() {
        assertThat(parse("ro", "rw").flags()).isEmpty();
        assertThat(parse("ro", "rw").cleared()).containsExactly(MountFlag.READ_ONLY);
        assertThat(parse("rw", "ro").flags()).containsExactly(MountFlag.READ_ONLY);
        assertThat(parse("rw", "ro").cleared()).isEmpty();
    }

    @Test
    void knowsBindAndRbind() {
        assertThat(parse("bind").bind()).isTrue();
        assertThat(parse("bind").recursive()).isFalse();
        assertThat(parse("rbind", "bind").recursive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ro,READ_ONLY",
        "nosuid,NO_SUID",
        "nodev,NO_DEV",
        "noexec,NO_EXEC",
        "sync,SYNCHRONOUS",
        "mand,MANDATORY_LOCKS",
        "dirsync,DIRECTORY_SYNC",
        "nosymfollow,NO_SYMLINK_FOLLOW",
        "noatime,NO_ATIME",
        "nodiratime,NO_DIRECTORY_ATIME",
        "silent,SILENT",
        "relatime,RELATIVE_ATIME",
        "iversion,INODE_VERSION",
        "strictatime,STRICT_ATIME",
        "lazytime,LAZY_TIME"
    })
    void setsTheFlagOfAnOption(String option, MountFlag flag) {
        assertThat(parse(option).flags()).containsExactly(flag);
        assertThat(parse(option).data()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rw,READ_ONLY",
        "suid,NO_SUID",
        "dev,NO_DEV",
        "exec,NO_EXEC",
        "async,SYNCHRONOUS",
        "nomand,MANDATORY_LOCKS",
        "symfollow,NO_SYMLINK_FOLLOW",
        "atime,NO_ATIME",
        "diratime,NO_DIRECTORY_ATIME",
        "loud,SILENT",
        "norelatime,RELATIVE_ATIME",
        "noiversion,INODE_VERSION",
        "nostrictatime,STRICT_ATIME",
        "nolazytime,LAZY_TIME"
    })
    void clearsTheFlagOfAnOption(String option, MountFlag flag) {
        assertThat(parse(option).cleared()).containsExactly(flag);
    }

    @Test
    void knowsATmpfsThatCopiesUp() {
        assertThat(parse("tmpcopyup", "size=1m").copiesUp()).isTrue();
        assertThat(parse("tmpcopyup", "size=1m").data()).isEqualTo("size=1m");
    }

    @ParameterizedTest
    @CsvSource({
        "rro,READ_ONLY",
        "rnosuid,NO_SUID",
        "rnodev,NO_DEV",
        "rnoexec,NO_EXEC",
        "rnosymfollow,NO_SYMLINK_FOLLOW",
        "rnodiratime,NO_DIRECTORY_ATIME",
        "rnoatime,NO_ATIME",
        "rstrictatime,STRICT_ATIME",
        "rrelatime,RELATIVE_ATIME",
        "ratime,RELATIVE_ATIME",
        "rnorelatime,RELATIVE_ATIME",
        "rnostrictatime,RELATIVE_ATIME"
    })
    void setsAnAttributeOfTheWholeTree(String option, MountAttribute attribute) {
        assertThat(parse(option).tree()).isEqualTo(new TreeAttributes(Set.of(attribute), Set.of()));
        assertThat(parse(option).data()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rrw,READ_ONLY",
        "rsuid,NO_SUID",
        "rdev,NO_DEV",
        "rexec,NO_EXEC",
        "rsymfollow,NO_SYMLINK_FOLLOW",
        "rdiratime,NO_DIRECTORY_ATIME"
    })
    void clearsAnAttributeOfTheWholeTree(String option, MountAttribute attribute) {
        assertThat(parse(option).tree()).isEqualTo(new TreeAttributes(Set.of(), Set.of(attribute)));
        assertThat(parse("rro", "rnosuid", option).tree().set()).doesNotContain(attribute);
    }

    @Test
    void choosesOneKindOfAccessTimesForATree() {
        TreeAttributes tree =
                parse("rnoatime", "rro", "rrw", "rro", "rstrictatime").tree();

        assertThat(tree.set()).containsExactlyInAnyOrder(MountAttribute.READ_ONLY, MountAttribute.STRICT_ATIME);
        assertThat(MountAttribute.bits(tree.set())).isEqualTo(0x21);
        assertThat(MountAttribute.clearedBits(tree.set(), tree.cleared())).isEqualTo(0x70);
    }

    @Test
    void knowsMappedIds() {
        assertThat(parse("idmap").mapsIds()).isTrue();
        assertThat(parse("idmap").mapsTree()).isFalse();
        assertThat(parse("ridmap").mapsIds()).isTrue();
        assertThat(parse("ridmap").mapsTree()).isTrue();
        assertThat(parse("bind").mapsIds()).isFalse();
    }

    @Test
    void keepsARemountAndEachPropagationInOrder() {
        assertThat(parse("remount").remount()).isTrue();
        assertThat(parse("rslave", "shared").propagations()).containsExactly(Propagation.RSLAVE, Propagation.SHARED);
        assertThat(parse("remount").data()).isEmpty();
    }

    private static MountOptions parse(String... options) {
        return MountOptions.parse(List.of(options));
    }
}
