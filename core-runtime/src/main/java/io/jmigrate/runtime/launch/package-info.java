/**
 * How programs are started. A JVM never forks: the native front (or a launcher process, which is the same program) does it, so
 * that what is started is a descendant of the caller, gets exactly the descriptors it is given, and is reaped by its parent.
 *
 * <p>{@link io.jmigrate.runtime.launch.FrontConnection} speaks the front's protocol. Commands get theirs from the front that
 * called them; other programs open one with {@link io.jmigrate.runtime.launch.Launchers}.
 */
package io.jmigrate.runtime.launch;
