/** Completion of commands and options in shells. */
package io.jmigrate.cli.completion;
