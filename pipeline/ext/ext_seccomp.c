// SPDX-License-Identifier: MIT
#include "ext/ext_seccomp.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>

static const int forbidden[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(bpf),
    SCMP_SYS(mount),
    SCMP_SYS(chroot),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(io_uring_setup),
};

enum err sandbox_enter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return ERR_MEMORY;
    int code = 0;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden && code == 0; i++)
        code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forbidden[i], 0);
    if (code == 0)
        code = seccomp_load(filter); /* sets no_new_privs too */
    seccomp_release(filter);
    return code == 0 ? ERR_OK : ERR_SANDBOX;
}
