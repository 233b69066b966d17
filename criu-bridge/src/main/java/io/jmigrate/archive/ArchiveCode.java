package io.jmigrate.archive;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong with a checkpoint archive. */
public enum ArchiveCode implements FailureCode {
    /** There is no such archive, or it can't be opened. */
    ARCHIVE_MISSING,
    /** The file isn't an archive, is damaged or ends too early. */
    ARCHIVE_INVALID,
    /** The archive holds something that a checkpoint never needs: a link, a device, a name that leads elsewhere. */
    ARCHIVE_FORBIDDEN,
    /** The archive is not what its manifest says. */
    ARCHIVE_ALTERED,
    /** A signature is required and there is none. */
    ARCHIVE_UNSIGNED,
    /** The signature is not the trusted key's signature of this archive. */
    ARCHIVE_UNTRUSTED,
    /** The archive is encrypted, and nothing was given to decrypt it with. */
    ARCHIVE_ENCRYPTED,
    /** The archive is encrypted for somebody else. */
    ARCHIVE_WRONG_KEY,
    /** The archive is not encrypted, and it should be. */
    ARCHIVE_PLAIN,
    /** The archive's spec asks for more than the caller has consented to. */
    ARCHIVE_SPEC_REFUSED,
    /** The archive holds a job, whose images alone say what it may do, and nobody has consented to that. */
    ARCHIVE_JOB_REFUSED,
    /** An engine makes its containers of images, and the archive names none. */
    ARCHIVE_IMAGE_UNKNOWN,
    /** Changes of a root filesystem are asked for, and nobody knows what it was before. */
    ARCHIVE_NO_BASE,
    /** The archive holds files of volumes, and it is not said what becomes of them, or there is no place for them. */
    ARCHIVE_VOLUMES,
    /** The archive is larger than the limits for an import. */
    ARCHIVE_TOO_LARGE,
    /** The place to write to exists already. */
    ARCHIVE_EXISTS,
    /** A file system has no room for it. */
    ARCHIVE_NO_SPACE,
    /** Reading or writing failed. */
    ARCHIVE_IO
}
