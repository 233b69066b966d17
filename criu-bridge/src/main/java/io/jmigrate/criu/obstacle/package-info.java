/**
 * What in a running container CRIU can't dump, found before anything is frozen: CRIU finds out in the middle of a dump, and says it
 * in its own words. The processes are read first, then judged by pure checks, and all that is found is reported together. What no
 * check here knows, CRIU's log tells.
 */
package io.jmigrate.criu.obstacle;
