/**
 * What is asked of CRIU: one immutable record for each verb. Absent means CRIU's or runC's default; nothing is encoded as an
 * empty string or minus one.
 */
package io.jmigrate.criu.request;
