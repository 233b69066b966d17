/**
 * The conversation with systemd, over D-Bus and the socket that systemd keeps for root ({@code /run/systemd/private}): no bus daemon is
 * needed. The library is loaded when the first connection is made, and so only for containers among systemd's units.
 *
 * <p>Source: org.freedesktop.systemd1(5).
 */
package io.jmigrate.runtime.cgroup.systemd.bus;
