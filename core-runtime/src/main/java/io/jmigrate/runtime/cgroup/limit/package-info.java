/**
 * Translates limits to files of cgroups and what to write to them.
 *
 * <p>A config speaks the language of cgroup v1; each controller has a translation to its v1 files and one to those of v2, with runC's
 * conversions. Which one holds is decided for each controller by itself: on a host with both, the v2 hierarchy has the controllers that
 * no v1 hierarchy has taken. A limit that a version doesn't know is translated all the same, to the file that would set it, so that the
 * file's absence is reported. Nothing in here acts.
 */
package io.jmigrate.runtime.cgroup.limit;
