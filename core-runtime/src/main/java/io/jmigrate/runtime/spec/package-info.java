/**
 * The OCI runtime specification's config.json (version 1.2), as it is written: nothing resolved, nothing judged.
 *
 * <p>{@link io.jmigrate.runtime.spec.Specs} reads a bundle's config.json into {@link io.jmigrate.runtime.spec.Spec}, records
 * that hold what this runtime acts on. The whole document stays beside them, so that writing a spec back loses no field that
 * this version doesn't know. What is wrong with types comes out as a list of problems; what the values mean is judged by
 * {@code validate}, what they amount to is decided by {@code config}.
 */
package io.jmigrate.runtime.spec;
