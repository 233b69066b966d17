/**
 * Changes of a root filesystem in an archive: {@code rootfs-diff.tar} and {@code deleted.files}, as podman has them.
 *
 * <p>They are found by looking at an overlay's upper directory, or by comparing the tree with another one; written as a tar
 * of this package's own making, because extended attributes are binary; and applied by what receives trees in a migration, which
 * never follows a link.
 */
package io.jmigrate.archive.rootfs;
