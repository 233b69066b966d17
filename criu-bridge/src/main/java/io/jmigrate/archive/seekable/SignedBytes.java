package io.jmigrate.archive.seekable;

/**
 * What somebody has signed.
 *
 * @param message all of it
 * @param signature whatever the signer's algorithm makes
 */
public record SignedBytes(byte[] message, byte[] signature) {}
