#!/usr/bin/env python3
"""Prints an OCI config.json for a bundle of test-images/make-bundle. All of it comes from the command line."""
import argparse
import json

CAPABILITIES = [
    "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP",
    "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SYS_CHROOT", "CAP_MKNOD", "CAP_AUDIT_WRITE", "CAP_SETFCAP",
]
MASKED = [
    "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
    "/proc/timer_stats", "/proc/sched_debug", "/sys/firmware", "/proc/scsi",
]
READONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]


def mount(destination, kind, source, *options):
    return {"destination": destination, "type": kind, "source": source, "options": list(options)}


def mounts(options):
    mounted = [
        mount("/proc", "proc", "proc"),
        mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        mount("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
        mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
        mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"),
    ]
    mounted += [mount(path, "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777") for path in options.tmpfs]
    mounted += [mount(path, "bind", path, "rbind", "ro") for path in options.bind]
    if not (in_user_namespace(options) and options.netns):  # who has no rights over a network may not mount its sysfs
        mounted.append(mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"))
    return mounted


def mac_of(address):
    """The address decides the MAC, so a bundle made twice is the same bundle."""
    octets = [int(part) for part in address.split("/")[0].split(".")]
    return "02:42:" + ":".join(f"{octet:02x}" for octet in octets)


def network_annotation(options):
    interface = {
        "name": "eth0",
        "bridge": options.bridge,
        "address": options.address,
        "mac": options.mac or mac_of(options.address[0]),
    }
    if options.gateway:
        interface["gateway"] = options.gateway
    return json.dumps({"interfaces": [interface]})


def namespaces(options):
    kinds = ["pid", "mount", "ipc", "uts"] + (["user"] if in_user_namespace(options) else [])
    network = {"type": "network"}
    if options.netns:
        network["path"] = options.netns
    kinds += ["time"] if options.time_offset else []
    return [{"type": kind} for kind in kinds] + [network]


def in_user_namespace(options):
    return options.user_namespace or options.first_id is not None


def process(options):
    sets = ["bounding", "effective", "permitted"]
    return {
        "terminal": False,
        "user": {"uid": options.uid, "gid": options.uid},
        "args": options.args,
        "env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"],
        "cwd": "/",
        "capabilities": {name: CAPABILITIES for name in sets},
        "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 1024, "soft": 1024}],
        "noNewPrivileges": True,
    }


def linux(options):
    section = {
        "namespaces": namespaces(options),
        "maskedPaths": MASKED,
        "readonlyPaths": READONLY,
        "resources": {"devices": [{"allow": False, "access": "rwm"}]},
    }
    if options.memory:
        section["resources"]["memory"] = {"limit": options.memory}
    if options.time_offset:
        section["timeOffsets"] = {clock: {"secs": options.time_offset} for clock in ("monotonic", "boottime")}
    if in_user_namespace(options):
        mappings = [{"containerID": 0, "hostID": options.first_id or 0, "size": 65536}]
        section.update(uidMappings=mappings, gidMappings=mappings)
    return section


def config(options):
    document = {
        "ociVersion": "1.0.2",
        "process": process(options),
        "root": {"path": "rootfs", "readonly": False},
        "hostname": options.hostname,
        "mounts": mounts(options),
        "linux": linux(options),
    }
    if options.address:
        document["annotations"] = {"io.jmigrate.network": network_annotation(options)}
    return document


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hostname", default="jmigrate")
    parser.add_argument("--address", action="append")
    parser.add_argument("--mac")
    parser.add_argument("--bridge", default="jm0")
    parser.add_argument("--gateway")
    parser.add_argument("--netns")
    parser.add_argument("--user-namespace", action="store_true")
    parser.add_argument("--first-id", type=int)
    parser.add_argument("--uid", type=int, default=0)
    parser.add_argument("--bind", action="append", default=[])
    parser.add_argument("--tmpfs", action="append", default=[])
    parser.add_argument("--time-offset", type=int)
    parser.add_argument("--memory", type=int)
    parser.add_argument("args", nargs="+")
    options = parser.parse_args()
    print(json.dumps(config(options), indent=2))


if __name__ == "__main__":
    main()
