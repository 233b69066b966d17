/**
 * Hooks that run in the runtime's namespaces, as children of the front. Those that run in the container's are steps of its plan
 * ({@link io.jmigrate.runtime.plan.step.RunHook}).
 */
package io.jmigrate.runtime.hook;
