/** Manual pages (and, with them, completions), written from the same grammar that parses the commands, so that they can't differ. */
package io.jmigrate.cli.manual;
