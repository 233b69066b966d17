/**
 * One class per verb. A verb turns words into the request of one operation, calls it and prints its result; it decides nothing.
 */
package io.jmigrate.cli.verb;
