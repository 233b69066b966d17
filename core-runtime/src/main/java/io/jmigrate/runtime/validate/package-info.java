/**
 * Judges a spec before anything is made from it.
 *
 * <p>Every check has a name, looks at one concern and notes all that is wrong there; {@link
 * io.jmigrate.runtime.validate.Configs} runs all of them and reports their problems together with those of reading, or hands
 * out the resolved config. A setting that is legal but beyond this version is refused as unsupported, never skipped.
 */
package io.jmigrate.runtime.validate;
