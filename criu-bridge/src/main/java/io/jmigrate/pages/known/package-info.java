/** Finds pages that went before, at their own place or another, so that only the place goes. */
package io.jmigrate.pages.known;
