/** The course of a migration as a page with pictures: from its journal alone, at either end. */
package io.jmigrate.cli.timeline;
