package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.cgroup.limit.CgroupSetting;
import io.jmigrate.runtime.cgroup.limit.Controller;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which of the cgroups that a container would have this user may make. An ordinary user may where a directory was given to it
 * (cgroup-v2.rst, "Delegation").
 *
 * @param usable those it may make
 * @param denied the others
 */
public record CgroupAccess(CgroupPaths usable, List<CgroupPlace> denied) {
    private static final String PROCESSES = "cgroup.procs";

    public CgroupAccess {
        denied = List.copyOf(denied);
    }

    /** Looks at what is there; nothing is made. */
    public static CgroupAccess to(CgroupPaths wanted) {
        Map<Boolean, List<CgroupPlace>> byRight =
                wanted.places().stream().collect(Collectors.partitioningBy(CgroupAccess::mayMake));
        return new CgroupAccess(new CgroupPaths(byRight.get(true)), byRight.get(false));
    }

    /** In v2 a process may only enter from a cgroup if what both are below may be written to, too. */
    private static boolean mayMake(CgroupPlace place) {
        Path there = nearest(place.directory());
        boolean entering = place.isVersion2() || there.equals(place.directory());
        return Files.isWritable(there) && (!entering || Files.isWritable(there.resolve(PROCESSES)));
    }

    private static Path nearest(Path directory) {
        Path there = directory;
        while (!Files.isDirectory(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    /**
     * Checks that no limit is asked for that one of the others would have to set.
     *
     * @throws Failure PERMISSION with the limit and the cgroup
     */
    public void check(Resources resources) {
        for (Controller controller : Controller.values()) {
            Optional<CgroupPlace> place = placeOf(controller);
            List<CgroupSetting> settings = place.filter(CgroupPlace::isVersion2).isPresent()
                    ? controller.version2(resources, _ -> true)
                    : controller.version1(resources, _ -> true);
            place.ifPresent(missing -> settings.stream().findFirst().ifPresent(setting -> {
                throw denied(setting.cause(), missing);
            }));
        }
        denied.stream()
                .filter(CgroupPlace::isVersion2)
                .findFirst()
                .ifPresent(missing -> resources.unified().keySet().stream()
                        .findFirst()
                        .ifPresent(file -> {
                            throw denied(CgroupSetting.unified(file, "").cause(), missing);
                        }));
    }

    /** Where it would set its limits, if that is denied. */
    private Optional<CgroupPlace> placeOf(Controller controller) {
        Optional<CgroupPlace> version1 = denied.stream()
                .filter(place -> place.controllers().contains(controller.version1Name()))
                .findFirst();
        boolean elsewhere = usable.ofController(controller.version1Name()).isPresent();
        return elsewhere
                ? Optional.empty()
                : version1.or(
                        () -> denied.stream().filter(CgroupPlace::isVersion2).findFirst());
    }

    private static Failure denied(String limit, CgroupPlace place) {
        Path there = nearest(place.directory());
        return Failure.of(
                RuntimeCode.PERMISSION,
                "cannot set " + limit + ": the cgroup " + place.directory() + " can't be made, as " + there
                        + " is not this user's");
    }
}
