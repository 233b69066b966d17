package io.jmigrate.criu.feature;

/**
 * What CRIU finds that this kernel can do for it, as it answers a FEATURE_CHECK (images/rpc.proto, criu_features).
 *
 * @param dirtyTracking whether the kernel marks pages that were written to (soft-dirty)
 * @param lazyPages whether a restored process can get its memory when it needs it (userfaultfd)
 */
public record CriuFeatures(boolean dirtyTracking, boolean lazyPages) {}
