package io.jmigrate.criu.request;

/** When the memory of a restored tree comes. */
public enum MemoryMode {
    /** While it runs where that can be and pays, else before. */
    AUTOMATIC,
    /** While it runs; a restore that can't do so fails. */
    LAZY,
    /** Before it runs. */
    EAGER
}
