/**
 * Containers whose cgroups systemd makes: as a transient scope, or a slice, among its own units.
 *
 * <p>systemd regards what is below its own units as its own and would set the cgroups of others back to what it knows. So what it can
 * express of a container's limits is told to it as properties of the unit; all of them, and those that it can't express, are then written to
 * the cgroup's files as without it. {@link io.jmigrate.runtime.cgroup.systemd.UnitPlace} decides names and directories, {@link
 * io.jmigrate.runtime.cgroup.systemd.ResourceProperties} and its neighbours the properties, all of them without talking to anybody. Who
 * talks is behind {@link io.jmigrate.runtime.cgroup.systemd.Systemd}.
 *
 * <p>Sources: systemd's "The New Control Group Interfaces" and org.freedesktop.systemd1(5); systemd.resource-control(5); what is told is what
 * runC tells.
 */
package io.jmigrate.runtime.cgroup.systemd;
