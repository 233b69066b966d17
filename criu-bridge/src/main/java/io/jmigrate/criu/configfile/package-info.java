/**
 * CRIU's configuration files (criu(8), "Configuration files"): whom they are for, what they say, and what of it a dump or restore
 * of this program can bear.
 *
 * <p>CRIU takes what such a file says over what it is asked for, silently. So the file isn't handed on: it is read, each
 * option is judged, and CRIU gets a file of those that were found good.
 */
package io.jmigrate.criu.configfile;
