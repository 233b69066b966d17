package io.jmigrate.pages.track;

import io.jmigrate.runtime.linux.KernelProbe;

/**
 * What this host has for following writes.
 *
 * @param machine its type, as the JVM names it
 * @param writesNoted whether userfaultfds can note writes without anybody who answers
 * @param pagemapScan whether the kernel has the ioctl PAGEMAP_SCAN
 */
public record TrackingFacts(String machine, boolean writesNoted, boolean pagemapScan) {
    /** Of this host, asked by uses that change nothing. */
    public static TrackingFacts ofThisHost() {
        return new TrackingFacts(System.getProperty("os.arch"), KernelProbe.writesNoted(), KernelProbe.pagemapScan());
    }
}
