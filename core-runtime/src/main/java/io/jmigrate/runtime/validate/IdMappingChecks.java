package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.IdMappingSpec;
import io.jmigrate.runtime.spec.NamespaceSpec;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.UserSpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user namespace's id maps (user_namespaces(7)) and whether the process's ids are in them. */
final class IdMappingChecks {
    private static final long ID_END = 0xffff_ffffL;
    private static final int LINES_MAX = 340;
    private static final Pattern OWNER_OPTION = Pattern.compile("(uid|gid)=(\\d{1,10})");
    private static final String UIDS = "$.linux.uidMappings";
    private static final String GIDS = "$.linux.gidMappings";

    private IdMappingChecks() {}

    static void check(Subject subject, Problems problems) {
        Spec spec = subject.spec();
        Optional<NamespaceSpec> user = NamespaceChecks.named(spec, NamespaceKind.USER);
        boolean isNew = user.filter(namespace -> namespace.path().isEmpty()).isPresent();
        checkMap(UIDS, spec.linux().uidMappings(), isNew, problems);
        checkMap(GIDS, spec.linux().gidMappings(), isNew, problems);
        if (isNew) {
            spec.process().ifPresent(process -> checkUser(spec, process.user(), problems));
            checkMounts(spec, problems);
        }
        user.flatMap(NamespaceSpec::path)
                .ifPresent(_ -> problems.unsupported(
                        JsonPath.element(
                                        "$.linux.namespaces",
                                        spec.linux().namespaces().indexOf(user.get())) + ".path",
                        "joining a user namespace is not supported"));
    }

    private static void checkMap(String path, List<IdMappingSpec> map, boolean needed, Problems problems) {
        if (needed && map.isEmpty()) {
            problems.invalid(path, "is required for a new user namespace");
        } else if (!needed && !map.isEmpty()) {
            problems.invalid(path, "needs a new user namespace in $.linux.namespaces");
        }
        checkRanges(path, map, problems);
        if (needed && !map.isEmpty() && !isMapped(map, 0)) {
            problems.unsupported(path, "a map without id 0 of the container is not supported");
        }
    }

    static void checkRanges(String path, List<IdMappingSpec> map, Problems problems) {
        if (map.size() > LINES_MAX) {
            problems.invalid(path, "has more than " + LINES_MAX + " ranges");
            return;
        }
        for (int i = 0; i < map.size(); i++) {
            checkRange(JsonPath.element(path, i), map, i, problems);
        }
    }

    private static void checkRange(String path, List<IdMappingSpec> map, int index, Problems problems) {
        IdMappingSpec range = map.get(index);
        if (range.size() == 0) {
            problems.invalid(path + ".size", "must be at least 1");
            return;
        }
        if (range.containerId() + range.size() > ID_END || range.hostId() + range.size() > ID_END) {
            problems.invalid(path, "reaches beyond the largest id");
        }
        for (IdMappingSpec earlier : map.subList(0, index)) {
            if (overlap(range.containerId(), range.size(), earlier.containerId(), earlier.size())
                    || overlap(range.hostId(), range.size(), earlier.hostId(), earlier.size())) {
                problems.invalid(path, "overlaps an earlier range");
                return;
            }
        }
    }

    private static boolean overlap(long start, long size, long otherStart, long otherSize) {
        return start < otherStart + otherSize && otherStart < start + size;
    }

    private static void checkUser(Spec spec, UserSpec user, Problems problems) {
        requireMapped("$.process.user.uid", spec.linux().uidMappings(), user.uid(), problems);
        requireMapped("$.process.user.gid", spec.linux().gidMappings(), user.gid(), problems);
        for (int i = 0; i < user.additionalGids().size(); i++) {
            String path = JsonPath.element("$.process.user.additionalGids", i);
            requireMapped(
                    path, spec.linux().gidMappings(), user.additionalGids().get(i), problems);
        }
    }

    /** A filesystem can't be given to an id that the user namespace doesn't have. */
    private static void checkMounts(Spec spec, Problems problems) {
        for (int i = 0; i < spec.mounts().size(); i++) {
            List<String> options = spec.mounts().get(i).options();
            for (int j = 0; j < options.size(); j++) {
                Matcher owner = OWNER_OPTION.matcher(options.get(j));
                if (owner.matches()) {
                    String path = JsonPath.element(JsonPath.element("$.mounts", i) + ".options", j);
                    boolean user = owner.group(1).equals("uid");
                    requireMapped(
                            path,
                            user ? spec.linux().uidMappings() : spec.linux().gidMappings(),
                            Long.parseLong(owner.group(2)),
                            problems);
                }
            }
        }
    }

    private static void requireMapped(String path, List<IdMappingSpec> map, long id, Problems problems) {
        if (!map.isEmpty() && !isMapped(map, id)) {
            problems.invalid(path, "is not mapped in the user namespace: " + id);
        }
    }

    private static boolean isMapped(List<IdMappingSpec> map, long id) {
        return map.stream().anyMatch(range -> id >= range.containerId() && id < range.containerId() + range.size());
    }
}
