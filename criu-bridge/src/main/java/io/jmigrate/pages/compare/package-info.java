/**
 * Compares memory at two places without moving it: {@link io.jmigrate.pages.compare.PageDigests} says in a few bytes what each page holds,
 * {@link io.jmigrate.pages.compare.PageComparison} finds the pages that hold something else here.
 */
package io.jmigrate.pages.compare;
