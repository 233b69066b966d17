package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.report.PagesMoved;

/** How pages of memory went, for programs: pages by kind, and bytes before and after compression. */
public final class PagesJson {
    private PagesJson() {}

    public static ObjectNode of(PagesMoved pages) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("zero", pages.zero())
                .put("raw", pages.raw())
                .put("zstd", pages.compressed())
                .put("known", pages.known())
                .put("kept", pages.kept())
                .put("uncompressed_bytes", pages.uncompressedBytes())
                .put("compressed_bytes", pages.compressedBytes());
    }
}
