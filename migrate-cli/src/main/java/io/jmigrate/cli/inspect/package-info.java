/** What {@code inspect} prints of a checkpoint, as a tree, as tables and as JSON. Names from a checkpoint are never printed raw. */
package io.jmigrate.cli.inspect;
