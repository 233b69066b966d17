/** What the build does once so that programs start fast. */
package io.jmigrate.cli.startup;
