/**
 * Who a node is and whom it trusts: a key and a self-signed certificate per node, and a list of the fingerprints of its peers.
 * There is no authority to ask; two nodes get to know each other once, by a one-time code that a person carries.
 */
package io.jmigrate.migration.identity;
