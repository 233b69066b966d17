/** How results look: tables, progress. */
package io.jmigrate.cli.output;
