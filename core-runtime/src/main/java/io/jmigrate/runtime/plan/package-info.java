/**
 * The init plan: all that the native init does for a container, as a flat list of steps. Compiling a config into a plan is a
 * pure function; executing one needs no decision.
 */
package io.jmigrate.runtime.plan;
