/**
 * What memory holds in a checkpoint: a pass over the contents of all pages, from front to back, and what is made of it.
 *
 * <p>{@link io.jmigrate.criu.memory.MemoryPass} walks along a pages-N.img and its pagemap at once and hands every page to a {@link
 * io.jmigrate.criu.memory.PageVisitor}. Nothing of either is held, so archives are read as they stream by, of any size. The
 * images may come from anybody: what doesn't fit together is a failure that names the image.
 */
package io.jmigrate.criu.memory;
