/** Where CRIU is found, and which version is needed. */
package io.jmigrate.criu.feature;
