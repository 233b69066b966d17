/* Session keyrings (session-keyring(7)): the keys of a session are handed on to every child. */
#ifndef JMIGRATE_KEYRING_H
#define JMIGRATE_KEYRING_H

/*
 * Leaves the session keyring of the caller for the one of this name, which is made if this user has none of that name yet. Those that
 * come later find it by its name; its owner may do with it what it likes, which finding it takes. Nothing on a kernel without keys.
 * 0 or an errno.
 */
int keyring_join(const char *name);

#endif
