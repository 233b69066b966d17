package io.jmigrate.runtime.cgroup;

/**
 * One write that sets a limit.
 *
 * @param controller the v1 controller, for example {@code memory}; on v2 the controller that makes the file appear
 * @param file the file's name
 * @param value what to write
 */
record CgroupSetting(String controller, String file, String value) {}
