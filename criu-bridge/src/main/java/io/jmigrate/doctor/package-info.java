/**
 * What `doctor` says: whether checkpoints can work on this host, and whether a container or a job can be dumped.
 *
 * <p>{@link io.jmigrate.doctor.HostReader} reads facts and changes nothing; {@link io.jmigrate.doctor.HostFindings} and {@link
 * io.jmigrate.doctor.ContainerFindings} judge facts and read nothing, so that hosts that nobody has can be tried.
 */
package io.jmigrate.doctor;
