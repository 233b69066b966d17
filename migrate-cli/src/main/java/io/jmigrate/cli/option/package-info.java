/** Options by topic, each declared once and mixed into the verbs that take it. */
package io.jmigrate.cli.option;
