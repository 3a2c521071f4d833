#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

typedef void *(*lanyard_target_callback)(void *context, const char *target, struct MHD_Connection *connection);

// MHD_start_daemon is variadic, which Swift can't call. The daemon listens nowhere: connections are handed
// to it with MHD_add_connection, so that whoever accepts them can count and refuse them. It is not told to be
// strict: then 0.9.75 answers a request without Host with two status lines, so that is checked elsewhere.
static inline struct MHD_Daemon *lanyard_start_daemon(
    unsigned int threads, unsigned int connections, size_t connection_memory_bytes, unsigned int idle_seconds,
    void *context, lanyard_target_callback target, MHD_AccessHandlerCallback handler,
    MHD_RequestCompletedCallback completed, MHD_NotifyConnectionCallback notify)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0,
        NULL, NULL, handler, context,
        MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0,
        MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory_bytes,
        MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds,
        MHD_OPTION_URI_LOG_CALLBACK, target, context,
        MHD_OPTION_NOTIFY_COMPLETED, completed, context,
        MHD_OPTION_NOTIFY_CONNECTION, notify, context,
        MHD_OPTION_END);
}

// To be called with the text that the target callback gets, which is the library's own buffer, once it is copied.
// The library goes on to list the query's fields, of which some hundred fill a connection's memory; then 0.9.75
// neither answers nor closes nor says that the request is over. Nobody asks it for them, so it gets to see none.
static inline void lanyard_hide_query(const char *target)
{
    char *query = strchr(target, '?');
    if (query)
        query[1] = '\0';
}

static inline int lanyard_connection_descriptor(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static inline void *lanyard_connection_context(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static inline size_t lanyard_request_header_bytes(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}
