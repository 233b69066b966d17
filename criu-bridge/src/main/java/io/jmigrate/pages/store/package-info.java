/** Pages as files: image directories that {@code criu restore} accepts, written and read. */
package io.jmigrate.pages.store;
