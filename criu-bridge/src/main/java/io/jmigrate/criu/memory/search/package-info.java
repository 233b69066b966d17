/** Finds bytes in the memory of a checkpoint, and takes a piece of it out, in one pass over the pages. */
package io.jmigrate.criu.memory.search;
