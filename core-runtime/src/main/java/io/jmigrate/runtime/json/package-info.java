/**
 * JSON as trees, read from untrusted input and written back.
 *
 * <p>Data binding is left out on purpose: setting up an object mapper costs more than a whole short command may take, and it
 * stops at the first mistake. Here bytes become a tree ({@link io.jmigrate.runtime.json.JsonText}), the tree is read field by
 * field ({@link io.jmigrate.runtime.json.JsonFields}), and every mistake is noted with its place
 * ({@link io.jmigrate.runtime.json.Problems}), so that a user sees all of them at once.
 */
package io.jmigrate.runtime.json;
