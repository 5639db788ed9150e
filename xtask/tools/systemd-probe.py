"""Runs in the place of the login service, in its unit (systemd.py): tries what the service never does, and writes the outcomes into its
data folder."""

import ctypes
import errno
import json
import mmap
import os
import socket
import stat
from pathlib import Path

# Devices without memory, terminals, and what belongs to the process itself.
PASSED_OVER = ("/proc", "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/dev/pts")


KINDS = (stat.S_IFREG, stat.S_IFBLK, stat.S_IFCHR)


def outcome(attempt):
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    return "permitted"


def unshare():
    if ctypes.CDLL(None, use_errno=True).unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def set_user_id():
    """In the folder that it may write."""
    file = Path("/var/lib/todoita/tool")
    file.touch()
    try:
        file.chmod(0o4755)
    finally:
        file.unlink()


ATTEMPTS = {
    "list /home": lambda: os.listdir("/home"),
    "read a file of /home": lambda: Path("/home/person/letter").read_text(),
    "list /root": lambda: os.listdir("/root"),
    "read the environment's file": lambda: Path("/etc/todoita/environment").read_text(),
    "read /etc/shadow": lambda: Path("/etc/shadow").read_text(),
    "read another's file of /tmp": lambda: Path("/tmp/of-others").read_text(),
    "write the configuration": lambda: Path("/etc/todoita/server.toml").open("a"),
    "write the program": lambda: Path("/usr/local/bin/todoita-server").open("a"),
    "read the disk": lambda: Path("/dev/vda").open("rb"),
    "read the kernel's log": lambda: Path("/dev/kmsg").open("rb"),
    "a socket of netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "a raw socket": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "a namespace of users": unshare,
    "memory that is written and executed": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC),
    "a file that becomes another user": set_user_id,
    "a realtime schedule": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "the bus of the system": lambda: socket.socket(socket.AF_UNIX).connect("/run/dbus/system_bus_socket"),
    "another name of the machine": lambda: socket.sethostname("probe"),
}


def takes_files(folder):
    file = os.path.join(folder, "probe")
    return outcome(lambda: open(file, "x").close() or os.unlink(file)) == "permitted"


def writable(folder="/"):
    """Folders and files that can be written, without what is in such a folder; sockets are what a service may speak to."""
    if folder.startswith(PASSED_OVER):
        return []
    if takes_files(folder):
        return [folder]
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    found = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            found.extend(writable(entry.path))
        elif stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode) in KINDS and not entry.path.startswith(PASSED_OVER):
            if outcome(lambda: open(entry.path, "r+b").close()) == "permitted":
                found.append(entry.path)
    return found


seen = {name: outcome(attempt) for name, attempt in ATTEMPTS.items()}
seen["writable"] = writable()
seen["processes"] = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
Path("/var/lib/todoita/probe.json").write_text(json.dumps(seen))
