/**
 * CRIU's page-server protocol (criu/page-xfer.c), as far as a lazy restore by CRIU alone needs it: {@link
 * io.jmigrate.pages.server.LazyPageServer} gives a {@code criu lazy-pages} of another host what it asks for. The protocol has no
 * version and no limits, and its header changed its size with CRIU 4.2; between nodes of our own it is not spoken.
 */
package io.jmigrate.pages.server;
