/**
 * Files below the runtime root that any number of processes use at once.
 *
 * <p>Each name (a container's id) has one directory with {@code state.json} in it from the first moment on: the directory is
 * made under another name, filled, and renamed, which is how a name is reserved. The state is replaced by a rename as well, so
 * that a reader sees an old or a new one, never a part. Removal takes the state last. Changes are made under a lock ({@link
 * io.jmigrate.runtime.store.NameLock}) that lives beside the directory, so that it survives removal and creation.
 *
 * <pre>
 * ROOT/ID/state.json    what is known of the container
 * ROOT/ID/config.json   with which it was made
 * ROOT/ID/exec.fifo     from create to start
 * ROOT/ID/netns         holds the network namespace by a bind mount
 * ROOT/ID/dump          while it is dumped, and afterwards if the dump was broken off
 * ROOT/ID/checkpoint.log CRIU's, of an export that failed
 * ROOT/.logs/           CRIU's, of others that failed
 * ROOT/.locks/ID        while a command on the container runs
 * </pre>
 */
package io.jmigrate.runtime.store;
