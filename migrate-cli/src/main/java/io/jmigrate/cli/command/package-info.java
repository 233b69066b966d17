/**
 * From words to a verb that has run.
 *
 * <p>The parser's model of all verbs costs tens of milliseconds in a cold JVM, a third of a short command's life. So the verb
 * is found first by looking at the words, and only its model is made; all models are made for help, completion and when the
 * verb is unknown.
 */
package io.jmigrate.cli.command;
