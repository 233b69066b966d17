package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a container goes among systemd's units.
 *
 * @param slice the slice that it is in, for example {@code machine.slice}
 * @param unit its own unit: a scope, or a slice
 */
public record UnitPlace(String slice, String unit) {
    private static final String SLICE = ".slice";
    private static final String SCOPE = ".scope";
    private static final String DEFAULT_SLICE = "system" + SLICE;
    private static final String DEFAULT_PREFIX = "jmigrate";
    private static final String ROOT_SLICE = "-" + SLICE;
    private static final int NAME_CHARACTERS_MAX = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1," + NAME_CHARACTERS_MAX + "}");

    /**
     * @param cgroupsPath the config's: {@code SLICE:PREFIX:NAME}, of which an empty slice is {@code system.slice}
     * @param id the container's id, for a config without one
     * @throws Failure INVALID_CONFIG for a path of another form, or with names that systemd does not have
     */
    public static UnitPlace of(Optional<String> cgroupsPath, String id) {
        return cgroupsPath
                .filter(path -> !path.isEmpty())
                .map(UnitPlace::parse)
                .orElseGet(() -> checked(new UnitPlace(DEFAULT_SLICE, unit(DEFAULT_PREFIX, id)), id));
    }

    /** What the directory of a unit says of it. @param directory below the mount point, as {@link #directory()} has it */
    static UnitPlace at(Path directory) {
        Path above = directory.getParent();
        return new UnitPlace(
                above == null ? ROOT_SLICE : above.getFileName().toString(),
                directory.getFileName().toString());
    }

    private static UnitPlace parse(String cgroupsPath) {
        String[] parts = cgroupsPath.split(":", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            throw invalid(cgroupsPath, "must be SLICE:PREFIX:NAME, as systemd makes the cgroup");
        }
        String slice = parts[0].isEmpty() ? DEFAULT_SLICE : parts[0];
        return checked(new UnitPlace(slice, unit(parts[1], parts[2])), cgroupsPath);
    }

    private static String unit(String prefix, String name) {
        return name.endsWith(SLICE) ? name : prefix + "-" + name + SCOPE;
    }

    private static UnitPlace checked(UnitPlace place, String text) {
        if (!NAME.matcher(place.unit).matches()) {
            throw invalid(text, "gives the unit a name that systemd does not take: " + place.unit);
        }
        if (!isSlice(place.slice) || place.isSlice() && (!isSlice(place.unit) || place.unit.equals(ROOT_SLICE))) {
            throw invalid(text, "names no slice: " + (isSlice(place.slice) ? place.unit : place.slice));
        }
        return place;
    }

    private static Failure invalid(String text, String what) {
        return Failure.of(RuntimeCode.INVALID_CONFIG, "$.linux.cgroupsPath, \"" + text + "\", " + what);
    }

    /** Dashes stand between the names of a slice and of those above it: none of them is empty. */
    private static boolean isSlice(String name) {
        return name.equals(ROOT_SLICE)
                || NAME.matcher(name).matches()
                        && name.endsWith(SLICE)
                        && !("-" + name.substring(0, name.length() - SLICE.length()) + "-").contains("--");
    }

    /** Whether the unit is a slice, which has no processes of its own to begin with, in place of a scope. */
    public boolean isSlice() {
        return unit.endsWith(SLICE);
    }

    /** The slice above the unit: one that is a slice itself says it with its name. */
    String parent() {
        if (!isSlice()) {
            return slice;
        }
        int dash = unit.lastIndexOf('-');
        return dash < 0 ? ROOT_SLICE : unit.substring(0, dash) + SLICE;
    }

    /** The unit's directory below the mount point of each hierarchy. */
    public Path directory() {
        return isSlice() ? expanded(unit) : expanded(slice).resolve(unit);
    }

    /** {@code a-b.slice} is in {@code a.slice/a-b.slice} (systemd.slice(5)). */
    private static Path expanded(String slice) {
        Path path = Path.of("");
        if (!slice.equals(ROOT_SLICE)) {
            for (int dash = slice.indexOf('-'); dash > 0; dash = slice.indexOf('-', dash + 1)) {
                path = path.resolve(slice.substring(0, dash) + SLICE);
            }
            path = path.resolve(slice);
        }
        return path;
    }
}
