/** Pages compressed on their way, each run of them for itself: who sends decides which, who gets them knows how many there have to be. */
package io.jmigrate.pages.zstd;
