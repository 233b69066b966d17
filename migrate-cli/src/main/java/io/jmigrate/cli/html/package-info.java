/** HTML that is also XML, written element by element: text and values of attributes can't be anything else than that. */
package io.jmigrate.cli.html;
