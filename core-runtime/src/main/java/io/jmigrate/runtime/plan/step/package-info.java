/**
 * The steps of an init plan: one record for each thing that the native init does on the way to a container's process.
 *
 * <p>A step says what is to be done and decides nothing. {@link io.jmigrate.runtime.plan.step.Step#describe()} is its part of a
 * sentence: {@code mount tmpfs onto /dev}. Numbers are the kernel's; paths of the host are {@link java.nio.file.Path}s, paths
 * inside the container are strings and never lead out of its root, whatever symbolic links are there.
 */
package io.jmigrate.runtime.plan.step;
