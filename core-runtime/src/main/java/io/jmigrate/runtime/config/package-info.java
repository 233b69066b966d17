/**
 * A container's configuration, decided: paths absolute, names turned into numbers, defaults filled in, nothing left to look
 * up. Immutable, and the only form that the plan compiler and the lifecycle see.
 *
 * <p>{@link io.jmigrate.runtime.config.Config#resolve} makes it from a spec that has passed the checks of {@code validate};
 * the parsers of this package (mount options, capability names, the network annotation) serve those checks too, so that
 * judging and deciding can't drift apart. {@link io.jmigrate.runtime.config.HostFacts} is what the host adds.
 */
package io.jmigrate.runtime.config;
