"""Declared gaps (3.9): batches that nobody has any more, and what stands in their place."""

from dataclasses import dataclass

from encoding import untext64
from registry import gap, identifier_slot


@dataclass(frozen=True)
class Gap:
    """What one entry of a `visit|gap` says."""
    replica: bytes
    first: int
    last: int
    number: int | None   # of the last lost batch, if it is known
    prev: bytes | None   # first 16 bytes of the hash of the batch before
    start: bytes         # first 16 bytes of the hash of the last lost batch


@dataclass
class Lost:
    """What stands for lost batches in the chains: counters without operations."""
    replica: bytes
    first: int
    last: int
    hash: bytes          # a name for it: what is known of the hash, then whose it is and its counter
    parent: bytes | None
    numbers: set         # what the last lost batch may have for a number; None among them: any


def lost_name(replica, last, start):
    return start + replica + last.to_bytes(8)


def declared(batch):
    """The gaps that a batch of the authority declares, by the bytes of its operations alone."""
    found = []
    if batch.version > 1:
        return found
    for op in batch.operations:
        if (op.get("k"), op.get("at"), op.get("f")) != ("set", "visit", "gap"):
            continue
        if not (type(op.get("s")) is str and identifier_slot(op["s"]) and gap(op.get("v"))):
            continue
        found += [Gap(untext64(op["s"]), entry["from"], entry["to"], entry.get("b"),
                      untext64(entry["prev"]) if "prev" in entry else None,
                      untext64(entry["hash"])) for entry in op["v"]["gaps"]]
    return found


class Lines:
    """Every batch held, with what stands for the lost ones between them."""

    def __init__(self, gaps, batches):
        self.names = {}      # (replica, last counter, 16 bytes of the hash) -> batch or Lost
        self.children = {}   # (replica, name of the batch before or None) -> names
        self.followers = {}  # name -> names of what builds on it
        for batch in batches:
            before = (batch.replica, batch.first - 1, batch.prev[:16]) if batch.prev else None
            self.add((batch.replica, batch.last, batch.hash[:16]), batch, before, batch.deps)
        for end in sorted({(g.replica, g.last, g.start) for g in gaps} - set(self.names)):
            standing = [g for g in gaps if (g.replica, g.last, g.start) == end and self.stands(g)]
            if standing:
                later = self.later(end)
                befores = [self.walk(gap, later) for gap in standing]
                before = min(befores, key=lambda b: (-b[1], b[2]) if b else (0, b""))
                self.put(end, before, {g.number for g in standing})

    def add(self, name, item, before, deps):
        self.names[name] = item
        self.children.setdefault((name[0], before), []).append(name)
        for earlier in (before, *deps):
            self.followers.setdefault(earlier, []).append(name)

    def before(self, gap):
        return None if gap.prev is None else (gap.replica, gap.first - 1, gap.prev)

    def stands(self, gap):
        """Whether the batch before a gap is held, or is itself the last of a gap."""
        return gap.prev is None or self.before(gap) in self.names

    def later(self, name):
        """All that builds on a batch, itself included."""
        found, left = {name}, [name]
        while left:
            for follower in self.followers.get(left.pop(), ()):
                if follower not in found:
                    found.add(follower)
                    left.append(follower)
        return found

    def walk(self, gap, later):
        """The last that is known before what is lost: some of it may have been found.

        What builds on what is lost cannot stand before it, whoever says so.
        """
        before = self.before(gap)
        if before in later:
            return None
        while True:
            after = self.children.get((gap.replica, before), [])
            if len(after) != 1 or after[0][1] >= gap.last or after[0] in later:
                return before
            before = after[0]

    def put(self, end, before, numbers):
        replica, last, start = end
        parent = None if before is None else self.names[before].hash
        first = 1 if before is None else before[1] + 1
        lost = Lost(replica, first, last, lost_name(replica, last, start), parent, numbers)
        self.add(end, lost, before, ())
