package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.json.JsonPath;

/**
 * One write that sets a limit.
 *
 * @param file the file's name
 * @param value what to write
 * @param cause the JSON path of the limit in config.json
 */
public record CgroupSetting(String file, String value, String cause) {
    private static final String RESOURCES = "$.linux.resources";

    /** @param limit where the limit is below {@code linux.resources}, for example {@code memory.limit} */
    static CgroupSetting of(String limit, String file, String value) {
        return new CgroupSetting(file, value, RESOURCES + "." + limit);
    }

    static CgroupSetting of(String limit, String file, long value) {
        return of(limit, file, Long.toString(value));
    }

    /** One that a member of an object with names of all kinds asks for. */
    static CgroupSetting named(String object, String name, String file, String value) {
        return new CgroupSetting(file, value, JsonPath.child(RESOURCES + "." + object, name));
    }

    /** One that names its file itself ({@code linux.resources.unified}). */
    public static CgroupSetting unified(String file, String value) {
        return named("unified", file, file, value);
    }

    /** Whether it is about one device of many that the file lists. */
    public boolean isAboutOneDevice() {
        return value.matches("\\d+:\\d+ .*");
    }
}
