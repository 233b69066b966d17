/**
 * The one kind of failure that a user sees.
 *
 * <p>A failure is made where its cause is known and says what failed on which subject. It never advises: remedies depend on
 * how the program was called and are chosen in one place, the command line, by the failure's code.
 */
package io.jmigrate.runtime.failure;
