/**
 * The one place that tells CRIU what of a container is not its own: mounts that come from the host, namespaces that the runtime
 * holds, masks, bound devices, cgroup directories, standard streams. Dump and restore take it from the same functions of the same
 * config, so that what one calls external the other finds.
 *
 * <p>The names are runC's, so that either can restore what the other has dumped: a mount's name is its destination, that of a
 * masked file is /dev/null, that of the network namespace is extRootNetNS.
 */
package io.jmigrate.criu.mapping;
