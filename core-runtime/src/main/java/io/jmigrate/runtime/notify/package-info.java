/** What a service manager is told over the socket that {@code NOTIFY_SOCKET} names. Source: sd_notify(3). */
package io.jmigrate.runtime.notify;
