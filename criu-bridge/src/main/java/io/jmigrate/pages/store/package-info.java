/** Pages as files: an image directory that {@code criu restore} accepts. */
package io.jmigrate.pages.store;
