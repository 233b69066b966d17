package io.jmigrate.runtime.container;

import io.jmigrate.runtime.launch.Child;

/**
 * A container that waits for its start.
 *
 * @param record as it was saved
 * @param init its first process, a child of the launcher's process
 */
public record CreatedContainer(ContainerRecord record, Child init) {}
