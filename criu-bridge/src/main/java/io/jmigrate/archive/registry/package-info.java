/**
 * Images of checkpoints in registries (OCI distribution-spec v1), by the JDK's client of HTTP. ADR 15 tells why no library for
 * registries is used.
 *
 * <p>A layer is as large as a container's memory: it streams from the archive to the registry and back, and lies nowhere else. What
 * comes from a registry may come from anybody: its size is bounded while it comes, and whoever reads compares it with its digest.
 */
package io.jmigrate.archive.registry;
