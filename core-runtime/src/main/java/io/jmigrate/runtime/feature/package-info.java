/** What this runtime can do, for programs that ask before they rely on it (runtime specification, features.md). */
package io.jmigrate.runtime.feature;
