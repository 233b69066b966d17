/** The peer service of a node: listens, and hands each connection to the engine. */
package io.jmigrate.node;
