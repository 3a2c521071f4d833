#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>

// glibc's headers show these to C only with _GNU_SOURCE, which Swift reads them without. Including those
// headers here would take their names away from Swift's own Glibc module.
struct sockaddr;
int accept4(int socket, struct sockaddr *address, unsigned int *length, int flags);
int pthread_setname_np(unsigned long thread, const char *name);
