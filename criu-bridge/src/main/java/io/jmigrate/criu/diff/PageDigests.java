package io.jmigrate.criu.diff;

import io.jmigrate.criu.memory.MemoryPass;
import io.jmigrate.criu.memory.PageVisitor;
import io.jmigrate.criu.memory.Space;
import io.jmigrate.runtime.linux.Sha256;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of all pages of a checkpoint, each as the first half of its SHA-256: nobody makes two pages look the same. 24 bytes
 * for a page, so 6 MiB for a gigabyte of memory.
 */
final class PageDigests implements PageVisitor {
    private final MessageDigest digest = Sha256.digest();
    private final byte[] result = new byte[32];
    private final Map<Space, PageTable> tables = new HashMap<>();
    private final Map<Space, TreeMap<Long, Long>> absent = new HashMap<>();
    private long absentPages;

    /** A page's content in short. */
    record Content(long high, long low) {}

    /** Not for more than one thread. */
    Content content(byte[] bytes, int offset) {
        try {
            digest.update(bytes, offset, MemoryPass.PAGE_BYTES);
            digest.digest(result, 0, result.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        ByteBuffer start = ByteBuffer.wrap(result);
        return new Content(start.getLong(), start.getLong());
    }

    @Override
    public void page(Space space, long address, byte[] bytes, int offset) {
        tables.computeIfAbsent(space, _ -> new PageTable()).add(address, content(bytes, offset));
    }

    @Override
    public void absent(Space space, long address, long pages, Absence why) {
        absentPages += pages;
        absent.computeIfAbsent(space, _ -> new TreeMap<>()).put(address, address + pages * MemoryPass.PAGE_BYTES);
    }

    /** The pages of a space whose contents are in the images. */
    PageTable table(Space space) {
        return tables.getOrDefault(space, PageTable.EMPTY);
    }

    Map<Space, PageTable> tables() {
        return tables;
    }

    /** Whether the page is there and its content is elsewhere. */
    boolean isAbsent(Space space, long address) {
        TreeMap<Long, Long> runs = absent.get(space);
        Map.Entry<Long, Long> run = runs == null ? null : runs.floorEntry(address);
        return run != null && address < run.getValue();
    }

    /** Pages whose contents are elsewhere. */
    long absentPages() {
        return absentPages;
    }
}
