/** What can go wrong with CRIU, for every package that drives it. */
package io.jmigrate.criu.failure;
