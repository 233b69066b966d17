/** Whether the files that a tree has open or mapped are at the restore as they were at the dump. */
package io.jmigrate.criu.verify;
