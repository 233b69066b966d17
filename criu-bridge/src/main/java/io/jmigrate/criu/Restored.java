package io.jmigrate.criu;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;

/**
 * A restore that succeeded: the container runs.
 *
 * @param root its first process
 * @param child the same as a child of the launcher's process, to wait for
 * @param log CRIU's restore.log
 */
public record Restored(ProcessRef root, Child child, Path log) {}
