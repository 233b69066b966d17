/**
 * How a plan reaches the native init: its encoding, and the conversation over the sync socket while it runs
 * ({@link io.jmigrate.runtime.plan.wire.InitSession}).
 */
package io.jmigrate.runtime.plan.wire;
