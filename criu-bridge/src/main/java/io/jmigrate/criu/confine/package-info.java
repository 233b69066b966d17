/**
 * What images would give a container beyond what its bundle does. CRIU restores rights, namespaces and mounts as the images have
 * them and knows of no bundle, so whoever takes images from a stranger compares them first.
 *
 * <p>A container can't get more by itself than it was started with; what it may have changed (ids, mounts) is judged by the
 * capabilities that the bundle gives. What processes hold in memory and in files is not judged.
 */
package io.jmigrate.criu.confine;
