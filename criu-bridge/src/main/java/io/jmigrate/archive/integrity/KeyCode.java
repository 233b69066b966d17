package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.failure.FailureCode;

/** What can be wrong with the file of a key. */
public enum KeyCode implements FailureCode {
    /** It can't be read or isn't a key of the kind that is needed. */
    KEY_UNUSABLE,
    /** A private key that others than its owner may read or change. */
    KEY_EXPOSED
}
