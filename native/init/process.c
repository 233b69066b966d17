/* What a process is limited and called by: cgroup, limits, session, names, kernel parameters. */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../common/keyring.h"
#include "init.h"
#include "kernel_file.h"
#include "resolve.h"

int step_join_cgroup(struct init *init, struct wire_reader *fields)
{
    (void)init;
    return write_kernel_file(open(wire_string(fields), O_WRONLY | O_CLOEXEC), "0"); /* 0: whoever writes */
}

int step_oom_score_adj(struct init *init, struct wire_reader *fields)
{
    char value[16];
    (void)snprintf(value, sizeof(value), "%d", (int32_t)wire_u32(fields));
    return write_kernel_file(openat(init->proc, "self/oom_score_adj", O_WRONLY | O_CLOEXEC), value);
}

int step_rlimit(struct init *init, struct wire_reader *fields)
{
    (void)init;
    uint32_t resource = wire_u32(fields);
    struct rlimit limit = {.rlim_cur = wire_u64(fields)};
    limit.rlim_max = wire_u64(fields);
    if (resource >= RLIM_NLIMITS)
        return EINVAL;
    return setrlimit((__rlimit_resource_t)resource, &limit) < 0 ? errno : 0;
}

int step_new_session(struct init *init, struct wire_reader *fields)
{
    (void)init;
    (void)fields;
    return setsid() < 0 ? errno : 0;
}

int step_join_keyring(struct init *init, struct wire_reader *fields)
{
    (void)init;
    return keyring_join(wire_string(fields));
}

int step_loopback_up(struct init *init, struct wire_reader *fields)
{
    (void)init;
    (void)fields;
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno;
    int error = 0;
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0) {
        error = errno;
    } else {
        request.ifr_flags |= IFF_UP | IFF_RUNNING;
        if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
            error = errno;
    }
    close(fd);
    return error;
}

int step_hostname(struct init *init, struct wire_reader *fields)
{
    (void)init;
    const char *name = wire_string(fields);
    return sethostname(name, strlen(name)) < 0 ? errno : 0;
}

int step_domainname(struct init *init, struct wire_reader *fields)
{
    (void)init;
    const char *name = wire_string(fields);
    return setdomainname(name, strlen(name)) < 0 ? errno : 0;
}

int step_sysctl(struct init *init, struct wire_reader *fields)
{
    int sys = openat(init->proc, "sys", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (sys < 0)
        return errno;
    int fd = resolve_beneath(sys, wire_string(fields), O_WRONLY | O_TRUNC);
    int error = write_kernel_file(fd, wire_string(fields));
    close(sys);
    return error;
}
