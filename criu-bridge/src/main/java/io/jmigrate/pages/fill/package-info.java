/**
 * Brings memory into processes that run already.
 *
 * <p>CRIU restores a tree without its private memory and hands a userfaultfd of each process to whoever listens (criu/uffd.c). That
 * is the native program {@code jmigrate-fill}: it answers page faults and fetches the rest meanwhile. Where the pages are is known
 * here: a {@link io.jmigrate.pages.PageStore} is asked for them, and they go through a buffer that both map. If this process or that
 * one ends before all is there, the container is killed: it never reads a page that did not come (native/fill/fill.h, ADR 14).
 */
package io.jmigrate.pages.fill;
