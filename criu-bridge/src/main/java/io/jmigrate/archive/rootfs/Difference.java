package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.transfer.Stamp;
import java.util.List;
import java.util.SortedMap;

/**
 * How a root filesystem differs from its base.
 *
 * @param changed what is new or has changed, by path relative to the root, parents before their children
 * @param deleted paths that the base has and the root filesystem hasn't, without those below them
 */
record Difference(SortedMap<String, Stamp> changed, List<String> deleted) {}
