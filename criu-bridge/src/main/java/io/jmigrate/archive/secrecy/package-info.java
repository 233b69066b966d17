/**
 * Secrecy of checkpoint archives: the age format, version 1 (age-encryption.org/v1), around a whole archive.
 *
 * <p>A random key encrypts the archive in chunks of 64 KiB, each authenticated by itself and the last one marked
 * (ChaCha20-Poly1305), so that it can be written and read as a stream and nothing that was changed is ever handed on. The header
 * holds that key once for each recipient, encrypted for its X25519 key, or once under a passphrase (scrypt). The library jagged
 * does all of that but the last, which is here.
 */
package io.jmigrate.archive.secrecy;
