/**
 * What is asked for and whether it can be done: requests, the facts of both ends, and the checks before the first byte.
 */
package io.jmigrate.migration.plan;
