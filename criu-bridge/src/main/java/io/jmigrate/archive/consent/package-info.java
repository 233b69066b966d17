/**
 * What may be taken from an archive's {@code spec.dump} where there is no bundle that decides.
 *
 * <p>Whoever made the archive wrote it, so it is data. What only describes the container (its process, namespaces of its own,
 * filesystems of its own, limits) is taken. What reaches for the host or gives power over it is taken only part by part, by
 * consent; everything that was not consented to is named. What nobody knows is left out.
 */
package io.jmigrate.archive.consent;
