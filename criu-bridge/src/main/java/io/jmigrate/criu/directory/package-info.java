/**
 * Directories of images: that which a dump writes, and what a restore gives CRIU to read, where that is not all that the dump has written: other
 * addresses, ports and names, memory that comes by another way, cgroups as they may be.
 *
 * <p>Images are linked and never changed in place, so that whatever a restore needs otherwise leaves the checkpoint as it was.
 */
package io.jmigrate.criu.directory;
