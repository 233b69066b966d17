/**
 * The root filesystem on its way: a full pass while the container runs, then what has changed, while it is frozen. The sending
 * side trusts its own files; the receiving side trusts nothing: names are validated, every parent has to be a real directory below
 * the root, and nothing is ever written through a symbolic link.
 */
package io.jmigrate.migration.transfer;
