/**
 * Which CRIU there is and what it can do here: found, asked, and compared with what this program needs before anything is touched.
 */
package io.jmigrate.criu.feature;
