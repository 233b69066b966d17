/**
 * What peers and strangers have asked of this node, what it decided and why: a line for each in {@code ROOT/node/audit.jsonl}, for people
 * who want to know afterwards. Nothing reads it to decide anything.
 */
package io.jmigrate.migration.audit;
