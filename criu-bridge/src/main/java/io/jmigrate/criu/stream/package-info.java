/** The files of the host that standard streams of a container were, and how a restore gets them back. */
package io.jmigrate.criu.stream;
