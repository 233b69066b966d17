package io.jmigrate.archive.secrecy;

import java.io.IOException;

/** Trying a passphrase would take more memory than it may. */
public final class CostlyPassphraseException extends IOException {
    private static final long serialVersionUID = 1L;

    CostlyPassphraseException(PassphraseReader.WorkFactorException cause) {
        super(cause.getMessage(), cause);
    }
}
