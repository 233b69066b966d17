/** CRIU's logs: which of their lines tell why it failed. */
package io.jmigrate.criu.log;
