/**
 * The command line. The native front hands a command to a JVM (a new one: {@link io.jmigrate.cli.Main}; or the warm service);
 * {@link io.jmigrate.cli.command.Program} parses it and runs one verb of {@link io.jmigrate.cli.verb}.
 *
 * <p>Packages, from the outside in: {@code command} grammar and dispatch · {@code verb} one class per command · {@code service} the
 * warm JVM · {@code option} options by topic · {@code output} tables, JSON, progress · {@code report} failures, exit codes,
 * remedies · {@code invocation} the command as it was given.
 */
package io.jmigrate.cli;
