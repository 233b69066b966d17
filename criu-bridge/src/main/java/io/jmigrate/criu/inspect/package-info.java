/**
 * What a checkpoint holds, read from its images without restoring it: processes, open files, sockets, mounts, memory, and how
 * the dump went.
 *
 * <p>The images may come from anybody. Each is read entry by entry, unknown fields are dropped, names are cut, and what is
 * listed is counted against a {@link io.jmigrate.criu.inspect.Budget}; what doesn't fit together is a failure that names the
 * image. The contents of memory are never read.
 */
package io.jmigrate.criu.inspect;
