package io.jmigrate.criu.obstacle;

import io.jmigrate.runtime.linux.MountInfo;
import java.util.List;
import java.util.stream.Stream;

/** Checks of mounts. */
final class MountChecks {
    /** Options of a mount that no image of CRIU's has: the restored mount would be without them. */
    private static final List<String> LOST = List.of("idmapped", "nosymfollow");

    private MountChecks() {}

    static Stream<String> lostOptions(ContainerView view) {
        return view.mounts().stream().flatMap(mount -> Stream.of(mount.options().split(","))
                .filter(LOST::contains)
                .map(option -> sentence(mount, option)));
    }

    private static String sentence(MountInfo mount, String option) {
        return "its mount " + mount.mountPoint() + " has the option " + option + ", which CRIU does not restore";
    }
}
