/**
 * What a container uses, read from the files of its cgroups.
 *
 * <p>One record for each controller, with a reader for v1 and one for v2; which one holds is decided for each controller by itself.
 * Numbers have the units and the meaning that runC gives them, so that v2 reads like v1.
 */
package io.jmigrate.runtime.cgroup.stats;
