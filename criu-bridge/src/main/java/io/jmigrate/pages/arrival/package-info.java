/**
 * Memory of a container that arrives in rounds, while the container still runs elsewhere.
 *
 * <p>{@link io.jmigrate.pages.arrival.ArrivingPages} keeps the latest content of each page by process and address, in one sparse file
 * in memory. Which of them exist in the end is said by the pagemaps of the dump, which come last: {@link
 * io.jmigrate.pages.arrival.ArrivedPages} is the memory that these name. What they don't name is dropped; what they name and nobody has
 * sent ends the arrival before anything is restored. What processes share has a file for each object ({@link
 * io.jmigrate.pages.arrival.ArrivingSegments}), which becomes the image that CRIU reads.
 */
package io.jmigrate.pages.arrival;
