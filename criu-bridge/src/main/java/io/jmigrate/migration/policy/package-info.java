/** Decisions as functions of facts, without any effect, so that every case can be tried. */
package io.jmigrate.migration.policy;
