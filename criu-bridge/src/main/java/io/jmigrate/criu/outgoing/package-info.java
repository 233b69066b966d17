/**
 * Where the memory of a dump goes if CRIU doesn't write it into the image directory: to a receiver of ours by CRIU's page-server protocol, to a
 * page server of somebody's, or nowhere, so that it is taken from the tree while that stands still.
 */
package io.jmigrate.criu.outgoing;
