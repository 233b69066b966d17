/** How two nodes get to know each other: a one-time code that a person carries, and what is said over the wire to prove it. */
package io.jmigrate.migration.pairing;
