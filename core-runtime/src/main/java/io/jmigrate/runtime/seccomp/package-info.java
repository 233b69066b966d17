/**
 * Filters for system calls (config-linux.md, "Seccomp"; seccomp(2)).
 *
 * <p>A {@link io.jmigrate.runtime.seccomp.SeccompProfile} is what a config asks for, in resolved form. {@link
 * io.jmigrate.runtime.seccomp.FilterCompiler} has libseccomp compile it for the host's architecture into a {@link
 * io.jmigrate.runtime.seccomp.SeccompFilter}, the program that the native init hands to the kernel. As runc does, it puts
 * instructions in front that answer "not implemented" to calls that are newer than the profile.
 */
package io.jmigrate.runtime.seccomp;
