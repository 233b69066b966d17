/** How a migration or an export looks while it runs: a bar for a person, one JSON object a line for a program. */
package io.jmigrate.cli.progress;
