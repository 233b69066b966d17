/**
 * Checkpoint archives: one file that holds a checkpoint, in the layout of podman's {@code --export}.
 *
 * <p>Writing streams: the image files are read, packed and compressed into a file with a temporary name that nobody else may
 * read, which gets its real name when all of it is on disk. Reading trusts nothing: names come from a list, members are plain
 * files and directories, everything is counted against limits, and what is extracted lies in a directory of its own that is
 * removed when anything is wrong. What an archive says about the container is information, not policy: the caller's own bundle
 * decides how the container is made.
 */
package io.jmigrate.archive;
