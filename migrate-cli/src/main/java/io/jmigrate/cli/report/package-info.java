/**
 * What a command says when it is over: exit codes, messages, remedies.
 *
 * <p>Libraries throw {@link io.jmigrate.runtime.failure.Failure} with a cause and never an advice. Here, and only here, a
 * failure's code becomes an exit code ({@link io.jmigrate.cli.report.ExitCodes}), a remedy
 * ({@link io.jmigrate.cli.report.Remedies}) and text or JSON ({@link io.jmigrate.cli.report.FailureReport}).
 */
package io.jmigrate.cli.report;
