/**
 * One command as it was given: words, environment, directory, streams, and who starts programs for it.
 *
 * <p>A cold JVM runs one invocation and exits; the warm service runs many at once. So nothing in the command line reads
 * the JVM's own environment, directory or standard streams: all of it comes from here.
 */
package io.jmigrate.cli.invocation;
