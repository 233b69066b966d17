/**
 * The life of containers: one class per operation, each with a record of what it needs.
 *
 * <p>{@link io.jmigrate.runtime.container.ContainerState} says which operation is legal when. A container's record is saved after
 * every change and before the thing that it names is made, so that whatever a killed command leaves behind can be found and
 * removed. What the record says is never believed about processes: a process is a pid with its start time and is looked up in
 * the kernel each time.
 *
 * <p>Commands on one container are serialised by a lock, across processes too; reading takes no lock.
 */
package io.jmigrate.runtime.container;
