/**
 * The warm service: one JVM that runs the commands of many fronts, so that a command costs no start of a JVM. It holds no state:
 * everything is in the runtime root, and a command that finds no service starts a JVM of its own.
 */
package io.jmigrate.cli.service;
