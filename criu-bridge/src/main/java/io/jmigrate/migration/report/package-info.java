/** What a migration tells while it runs and at its end, as values; how they look is the command line's business. */
package io.jmigrate.migration.report;
