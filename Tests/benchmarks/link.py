#!/usr/bin/env python3
"""A bad line between this machine and a network namespace: slow, late, lossy.

Carries IP packets between two tunnel interfaces: ADDRESS.1 here, ADDRESS.2 in the namespace. Each way has
its own rate, delay and loss; as much as fits a queue waits for the line, what comes beyond is dropped, as a
router does it. Needs root. The same seed drops the same packets of the same traffic.

    link.py NAMESPACE --rate 50000 --delay 0.3 --loss 0.05
"""

import argparse
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000


def tunnel(name):
    """Opens a tunnel interface in the namespace of the moment."""
    file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(file, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return file


def enter(path):
    """Goes into a network namespace."""
    with open(path) as file:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), path)


class Way:
    """One direction of the line."""

    def __init__(self, source, target, options, chance):
        self.source, self.target, self.options, self.chance = source, target, options, chance
        self.free = 0.0
        self.due = []
        self.passed = self.lost = self.bytes = 0

    def take(self, now):
        """Takes what arrived at this end."""
        while True:
            try:
                packet = os.read(self.source, 65_536)
            except BlockingIOError:
                return
            waits = self.free - now
            is_full = waits * self.options.rate / 8 > self.options.queue
            if is_full or self.chance.random() < self.options.loss:
                self.lost += 1
                continue
            self.free = max(now, self.free) + len(packet) * 8 / self.options.rate
            self.passed += 1
            self.bytes += len(packet)
            heapq.heappush(self.due, (self.free + self.options.delay, self.passed, packet))

    def give(self, now):
        """Hands over what has come to the other end."""
        while self.due and self.due[0][0] <= now:
            try:
                os.write(self.target, heapq.heappop(self.due)[2])
            except OSError:
                self.lost += 1


def main():
    """Sets the line up, says that it is up, and carries until it is ended."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("namespace")
    parser.add_argument("--rate", type=float, default=50_000, help="bits a second, each way")
    parser.add_argument("--delay", type=float, default=0.3, help="seconds, each way")
    parser.add_argument("--loss", type=float, default=0.05, help="of all packets, each way")
    parser.add_argument("--queue", type=float, default=32_768, help="bytes that wait, each way")
    parser.add_argument("--address", default="10.77.0", help="the first three numbers")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    near = tunnel("fbnear")
    here = f"/proc/{os.getpid()}/ns/net"
    home = os.open(here, os.O_RDONLY)
    enter(f"/run/netns/{options.namespace}")
    far = tunnel("fbfar")
    ctypes.CDLL(None).setns(home, CLONE_NEWNET)
    first, second = f"{options.address}.1", f"{options.address}.2"
    for command in (
        f"ip addr add {first} peer {second} dev fbnear",
        "ip link set fbnear up mtu 1400",
        f"ip -n {options.namespace} addr add {second} peer {first} dev fbfar",
        f"ip -n {options.namespace} link set fbfar up mtu 1400",
        f"ip -n {options.namespace} link set lo up",
    ):
        subprocess.run(command.split(), check=True)
    chance = random.Random(options.seed)
    ways = [Way(near, far, options, chance), Way(far, near, options, chance)]
    print("up", flush=True)
    while True:
        now = time.monotonic()
        soonest = min((way.due[0][0] for way in ways if way.due), default=now + 1)
        select.select([near, far], [], [], max(0, soonest - now))
        now = time.monotonic()
        for way in ways:
            way.take(now)
            way.give(now)


if __name__ == "__main__":
    main()
