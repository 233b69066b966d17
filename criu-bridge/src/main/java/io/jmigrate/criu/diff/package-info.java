/** What is different between two checkpoints: processes, descriptors, mounts, mappings, and pages by their contents. */
package io.jmigrate.criu.diff;
