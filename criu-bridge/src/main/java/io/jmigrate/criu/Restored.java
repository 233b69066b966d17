package io.jmigrate.criu;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;

/**
 * A restore that succeeded: the tree runs.
 *
 * @param root its first process
 * @param child the child of the launcher's process that ends as it does: itself, or who is with it in a pid namespace
 * @param log CRIU's restore.log
 */
public record Restored(ProcessRef root, Child child, Path log) {}
