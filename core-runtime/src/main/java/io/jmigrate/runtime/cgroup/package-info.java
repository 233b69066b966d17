/**
 * Control groups behind one port.
 *
 * <p>{@link io.jmigrate.runtime.cgroup.CgroupHierarchies} knows what the host has mounted and where the calling process is in
 * each hierarchy; from that and the config's {@code cgroupsPath} it decides the directories of a container ({@link
 * io.jmigrate.runtime.cgroup.CgroupPaths}, a value that is saved before anything is made). {@link
 * io.jmigrate.runtime.cgroup.Cgroup} then works on such paths. Limits are first translated to files and values (a pure
 * function) and then written.
 *
 * <p>Sources: kernel documentation admin-guide/cgroup-v1 and cgroup-v2.rst; OCI runtime specification, config-linux.md,
 * "Control groups".
 */
package io.jmigrate.runtime.cgroup;
