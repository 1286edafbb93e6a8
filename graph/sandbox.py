"""A process that can open no socket and write no file, by Linux's own means: Landlock and seccomp.

Both are entered through ctypes, hold for good and for all threads that the process starts afterwards. Where
the kernel has one of them only, the other is named as missing.

Sources: Linux Documentation/userspace-api/landlock.rst and seccomp_filter.rst; system call numbers from the
kernel's tables for x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION = 1
_RULE_PATH_BENEATH = 1
# Access rights of Landlock by the version of its interface that brought them in; 1 has bits 0 to 12.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_READ = (1 << 2) | (1 << 3)
_NETWORK_RIGHTS = {4: 0b11}
_SCOPES = {6: 0b11}

_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_TEMPORARY = getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0)
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | _TEMPORARY
_CLONE_THREAD = 0x00010000

# What seccomp calls the two architectures whose calls are known here.
_ARCHITECTURES = {
    "x86_64": 0xC000003E,
    "aarch64": 0xC00000B7,
}
# Numbers of the calls on x86-64 and arm64; -1 where there is none.
_FORBIDDEN: dict[str, tuple[int, int]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "creat": (85, -1), "rename": (82, -1), "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, -1),
    "mkdirat": (258, 34), "rmdir": (84, -1), "link": (86, -1), "linkat": (265, 37), "unlink": (87, -1),
    "unlinkat": (263, 35), "symlink": (88, -1), "symlinkat": (266, 36), "mknod": (133, -1), "mknodat": (259, 33),
    "truncate": (76, 45), "ftruncate": (77, 46), "fallocate": (285, 47), "chmod": (90, -1), "fchmod": (91, 52),
    "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, -1), "fchown": (93, 55), "lchown": (94, -1),
    "fchownat": (260, 54), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "memfd_create": (319, 279),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, -1), "vfork": (58, -1), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "pidfd_getfd": (438, 438), "kill": (62, 129),
    "mount": (165, 40), "umount2": (166, 39), "chroot": (161, 51), "unshare": (272, 97), "setns": (308, 268),
    "bpf": (321, 280), "perf_event_open": (298, 241), "keyctl": (250, 219), "shmget": (29, 194), "msgget": (68, 186),
    "mq_open": (240, 180), "open_by_handle_at": (304, 265), "splice": (275, 76), "vmsplice": (278, 75),
    "tee": (276, 77),
}
# These exist with arguments behind a pointer, or replace others: said not to exist, so that libc falls back.
_UNKNOWN: dict[str, tuple[int, int]] = {
    "openat2": (437, 437), "clone3": (435, 435), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}
_OPEN, _OPENAT, _CLONE = (2, -1), (257, 56), (56, 220)


def enter(readable: Sequence[Path]) -> tuple[str, ...]:
    """Give up sockets, writing of files, other programs, and reading outside the folders, for good.

    Call it before threads are started; files that are open already stay open.

    Args:
        readable: folders and files that stay readable.

    Returns:
        What this kernel lacks of "landlock" and "seccomp"; empty where all holds.
    """
    if not sys.platform.startswith("linux"):
        return ("landlock", "seccomp")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    steps = {"landlock": _landlock(libc, readable), "seccomp": _seccomp(libc)}
    return tuple(name for name, done in steps.items() if not done)


def _landlock(libc: ctypes.CDLL, readable: Sequence[Path]) -> bool:
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 1:
        return False
    files = sum(bits for since, bits in _FILE_RIGHTS.items() if since <= version)
    network = sum(bits for since, bits in _NETWORK_RIGHTS.items() if since <= version)
    scopes = sum(bits for since, bits in _SCOPES.items() if since <= version)
    attributes = struct.pack("=QQQ", files, network, scopes)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    for path in readable:
        handle = os.open(path, os.O_RDONLY)
        rights = _READ if path.is_dir() else _READ & ~(1 << 3)
        libc.syscall(_LANDLOCK_ADD, rules, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
        os.close(handle)
    done = int(libc.syscall(_LANDLOCK_RESTRICT, rules, 0)) == 0
    os.close(rules)
    return done


def _seccomp(libc: ctypes.CDLL) -> bool:
    machine = platform.machine()
    if machine not in _ARCHITECTURES or sys.byteorder != "little":
        return False
    column = list(_ARCHITECTURES).index(machine)
    program = _program(_ARCHITECTURES[machine], column)
    code = ctypes.create_string_buffer(b"".join(program))
    filters = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    return int(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, filters, 0, 0)) == 0


def _program(architecture: int, column: int) -> list[bytes]:
    """The filter in classic BPF: `struct seccomp_data` has the call at 0, architecture at 4, arguments from 16."""
    refused, unknown, allowed = (_return(_ERROR | _EPERM), _return(_ERROR | _ENOSYS), _return(_ALLOW))
    program = [_load(4), _jump(0x15, architecture, 1, 0), refused, _load(0)]
    if column == 0:  # the x32 numbers of the same calls
        program += [_jump(0x35, 0x40000000, 0, 1), refused]
    for calls, verdict in ((_FORBIDDEN, refused), (_UNKNOWN, unknown)):
        for numbers in calls.values():
            program += _when(numbers[column], [verdict])
    for numbers, argument in ((_OPEN, 1), (_OPENAT, 2)):
        program += _when(numbers[column], [_load(16 + 8 * argument), _jump(0x45, _WRITE_FLAGS, 0, 1), refused, allowed])
    return [*program, *_when(_CLONE[column], [_load(16), _jump(0x45, _CLONE_THREAD, 1, 0), refused, allowed]), allowed]


def _when(call: int, then: list[bytes]) -> list[bytes]:
    return [_jump(0x15, call, 0, len(then)), *then] if call >= 0 else []


def _load(offset: int) -> bytes:
    return struct.pack("=HBBI", 0x20, 0, 0, offset)


def _jump(code: int, value: int, true: int, false: int) -> bytes:
    return struct.pack("=HBBI", code, true, false, value)


def _return(value: int) -> bytes:
    return struct.pack("=HBBI", 0x06, 0, 0, value)
