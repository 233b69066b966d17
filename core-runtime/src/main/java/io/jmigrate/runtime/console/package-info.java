/**
 * Terminals of a container's processes: who gets the master of one, which the native init makes in the container's own devpts. The
 * foreground command joins it to its caller's terminal; everybody else gets it by a socket, as from runC.
 */
package io.jmigrate.runtime.console;
