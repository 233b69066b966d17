package io.jmigrate.archive.registry;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong with a registry. */
public enum RegistryCode implements FailureCode {
    /** There is no host of that name, nobody answers there, or not in time. */
    REGISTRY_UNREACHABLE,
    /** Its certificate is not that of the host, or of an authority that is not trusted; or it speaks no TLS. */
    REGISTRY_UNTRUSTED,
    /** It wants to know who asks, or doesn't let that one do it. */
    REGISTRY_DENIED,
    /** It gave another answer than a registry does. */
    REGISTRY_FAILED,
    /** A file of logins can't be read, or has none that could be used. */
    CREDENTIALS_UNUSABLE
}
