/**
 * Pages that stay behind when a container leaves, so that they need not cross the network when it comes back. The node that has them keeps
 * the pages in one file and a name of each by its content ({@link io.jmigrate.pages.kept.PageName}) in another. It tells the names to the
 * node that the container comes back from ({@link io.jmigrate.pages.kept.KeptTable}), which sends numbers in place of pages; each page is
 * compared with its name before it is used ({@link io.jmigrate.pages.kept.KeptPages}).
 */
package io.jmigrate.pages.kept;
