/**
 * Jobs: trees of processes that run in no container. A job is its first process and all that descends from it; nobody but the kernel knows of it,
 * so that all is read from {@code /proc} and from the images.
 */
package io.jmigrate.criu.job;
