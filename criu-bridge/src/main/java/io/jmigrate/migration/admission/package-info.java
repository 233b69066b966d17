/**
 * How often and how many at once: connections of who is not known, questions and migrations of who is. Numbers and a clock alone; what a
 * peer may do at all is decided elsewhere ({@code identity}, {@code plan}).
 */
package io.jmigrate.migration.admission;
