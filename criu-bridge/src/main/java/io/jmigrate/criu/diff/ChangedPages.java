package io.jmigrate.criu.diff;

import io.jmigrate.criu.inspect.ImagedMapping;
import java.util.Objects;

/**
 * How the pages of a mapping differ from those of an earlier checkpoint.
 *
 * @param mapping the mapping in the later one, or else in the earlier
 * @param changed in both, with other contents
 * @param came only in the later
 * @param went only in the earlier
 */
public record ChangedPages(ImagedMapping mapping, long changed, long came, long went) {
    public ChangedPages {
        Objects.requireNonNull(mapping);
    }
}
