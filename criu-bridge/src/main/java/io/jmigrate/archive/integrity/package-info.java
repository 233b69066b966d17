/**
 * What shows that an archive is whole, and whose it is.
 *
 * <p>A manifest lists every member with the digest of its content; a signature over the bytes of the manifest says who wrote it.
 * So a signature covers all that an import uses, and is checked by one operation on one small document. The writer and the reader
 * of an archive note members with the same recorder, each as the bytes pass, and compare two lists of values.
 *
 * <p>Nothing here knows tar: members are names, kinds and bytes.
 */
package io.jmigrate.archive.integrity;
