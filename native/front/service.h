/* The warm service: a JVM that waits for commands on a Unix socket. */
#ifndef JMIGRATE_SERVICE_H
#define JMIGRATE_SERVICE_H

/* A connection to the service, or -1 if there is none that this user may trust. */
int service_connect(void);

#endif
