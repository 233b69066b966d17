/**
 * The network of containers that have a namespace of their own.
 *
 * <p>The namespace is held by a bind mount ({@link io.jmigrate.runtime.network.NetworkNamespace}), so that it can be entered,
 * locked and joined at any time, with or without processes in it. {@link io.jmigrate.runtime.network.NetworkAttachment} joins it
 * to a bridge of the caller's namespace: the tools of iproute2 are started by the launcher, that is, where the caller is, and the
 * inner half of the work enters by path. {@link io.jmigrate.runtime.network.NetworkLock} keeps all traffic out and in while
 * sockets are not there yet; where others use the network too, {@link io.jmigrate.runtime.network.ConnectionLock} does so for single
 * connections.
 */
package io.jmigrate.runtime.network;
