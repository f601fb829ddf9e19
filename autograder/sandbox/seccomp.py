"""The system call filter: what no homework needs and a way out of a sandbox might, as a BPF program."""

import platform
import struct
from errno import ENOSYS, EOPNOTSUPP, EPERM

# system call: its number on x86_64, on aarch64 (None: it does not exist there)
_FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    # other views of the file system
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "open_tree_attr": (467, 467), "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    # namespaces
    "unshare": (272, 97), "setns": (308, 268),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "pidfd_getfd": (438, 438),
    "kcmp": (312, 272), "process_madvise": (440, 440),
    # the kernel's own machinery
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "delete_module": (176, 106), "finit_module": (313, 273),
    "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142), "acct": (163, 89), "syslog": (103, 116),
    "modify_ldt": (154, None),
    # memory that belongs to no process, which nobody would count
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH

_FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6: asyncio and ZeroMQ need them, and there is no network to reach
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEW*: user, pid, net, ipc, uts, cgroup, mount, time
_X32 = 0x40000000  # system calls of the x32 ABI have this bit

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little endian


def program(machine: str = platform.machine()) -> bytes:
    """The filter in the kernel's form (struct sock_filter[]); empty for a machine that it is not written for."""
    if machine not in _ARCHITECTURES:
        return b""
    column, architecture = _ARCHITECTURES[machine]
    words = [
        _word(_LOAD, _ARCHITECTURE),
        _word(_EQUAL, architecture, 1, 0),
        _word(_RETURN, _KILL),
        _word(_LOAD, _NUMBER),
        *_when(_AT_LEAST, _X32, _ERRNO | ENOSYS),
        *_when(_EQUAL, _CLONE3[column], _ERRNO | ENOSYS),  # its flags lie in memory; the C library falls back to clone
    ]
    for numbers in _FORBIDDEN.values():
        if (number := numbers[column]) is not None:
            words += _when(_EQUAL, number, _ERRNO | EPERM)
    words += _unless_called(_CLONE[column], _when(_ANY_BIT, _NEW_NAMESPACES, _ERRNO | EPERM))
    # libzmq asks netlink for the interfaces, and of all refusals it lives with this one
    words += _unless_called(_SOCKET[column], _only(_FAMILIES, _ERRNO | EOPNOTSUPP))
    return b"".join([*words, _word(_RETURN, _ALLOW)])


def absent(machine: str = platform.machine()) -> str:
    """Empty where there is a filter, else a sentence that says so."""
    if machine in _ARCHITECTURES:
        return ""
    return f"The sandbox has no system call filter for {machine}; everything else of it is in force."


def _word(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("<HBBI", code, then, otherwise, value)


def _when(test: int, value: int, verdict: int) -> list[bytes]:
    """Return the verdict when the test holds for what is loaded."""
    return [_word(test, value, 0, 1), _word(_RETURN, verdict)]


def _only(values: tuple[int, ...], verdict: int) -> list[bytes]:
    """Return the verdict unless one of the values is loaded."""
    jumps = [_word(_EQUAL, value, len(values) - place, 0) for place, value in enumerate(values)]
    return [*jumps, _word(_RETURN, verdict)]


def _unless_called(number: int, rules: list[bytes]) -> list[bytes]:
    """Apply rules to the first argument of one system call; the others pass by with their number loaded."""
    inner = [_word(_LOAD, _FIRST_ARGUMENT), *rules, _word(_LOAD, _NUMBER)]
    return [_word(_EQUAL, number, 0, len(inner)), *inner]
