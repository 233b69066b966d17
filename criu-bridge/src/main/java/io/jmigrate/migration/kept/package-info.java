/**
 * What a node keeps of the memory of containers that have left it, so that they come back with what has changed. For each there is a file of
 * pages and one of their names ({@link io.jmigrate.pages.kept}), and one of facts, which is written last: what has none is not complete, and
 * is removed when nobody writes it any more. All of it is bounded and readable by its owner alone; every command of the node uses it under
 * one lock.
 */
package io.jmigrate.migration.kept;
