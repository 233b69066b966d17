/**
 * The two machines of a handover, one per side. A state is a value; a transition is a method that exists only where it is legal and
 * returns the new state. Who owns the container is a type: what needs {@link io.jmigrate.migration.state.SourceOwns} can't be
 * called after the commit.
 */
package io.jmigrate.migration.state;
