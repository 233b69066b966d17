/**
 * Who a node is and whom it trusts: a key and a self-signed certificate per node, and a list of the fingerprints of its peers.
 * There is no authority to ask; {@code pairing} introduces two nodes once.
 */
package io.jmigrate.migration.identity;
