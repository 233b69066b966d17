package io.jmigrate.archive.image;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong with an image. */
public enum ImageCode implements FailureCode {
    /** There is no image of that name, or no layout. */
    IMAGE_MISSING,
    /** It isn't an image of a checkpoint, what describes it is damaged, or it can't be read or written. */
    IMAGE_INVALID,
    /** A blob isn't what its digest says. */
    IMAGE_ALTERED
}
