"""The sealed batch by itself: reading, sealing, its signature (section 3, steps 3.4.1 and 3.4.3)."""

from dataclasses import dataclass, field

from encoding import labelled, untext64, verify
from strictjson import MAXIMUM, Malformed, is_integer, parse_line

LINE_BYTES = 65_536
OPERATIONS = 256
OPERATION_BYTES = 16_384
DEPS = 512
WHO = 512


class Bad(Exception):
    """A batch that is not stored; `why` is the word behind `bad/`."""

    def __init__(self, why, detail=""):
        super().__init__(f"bad/{why}: {detail}")
        self.why = why


@dataclass
class Batch:
    line: bytes
    hash: bytes
    version: int
    visit: bytes
    replica: bytes
    number: int
    first: int          # counter of the first operation
    last: int           # counter of the last operation
    prev: bytes | None
    deps: list          # (replica, counter, first 16 bytes of the hash)
    who: list = field(default_factory=list)  # (replica, branch or None)
    clock: int = 0
    operations: list = field(default_factory=list)  # objects; any values in a later version


def batch_hash(line):
    return labelled("fieldbook batch 1", line)


def _deps(value):
    if type(value) is not list or len(value) > DEPS:
        raise Malformed("deps")
    deps = []
    for entry in value:
        if type(entry) is not list or len(entry) != 3 or not is_integer(entry[1], 1):
            raise Malformed("a dep is [replica, counter, hash]")
        deps.append((untext64(entry[0], 16), entry[1], untext64(entry[2], 16)))
    if any(not a < b for a, b in zip(deps, deps[1:])):
        raise Malformed("deps not sorted")
    return deps


def _who(value):
    if type(value) is not list or len(value) > WHO:
        raise Malformed("who")
    entries = []
    for entry in value:
        if type(entry) is not str:
            raise Malformed("an entry of who is a string")
        replica, slash, branch = entry.partition("/")
        entries.append((untext64(replica, 16), untext64(branch, 8) if slash else None))
    return entries


def _operations(value, sizes):
    if type(value) is not list or not 1 <= len(value) <= OPERATIONS:
        raise Malformed("ops")
    for operation in value:
        if sizes is None:  # a later version: nobody looks into it
            continue
        if type(operation) is not dict:
            raise Malformed("an operation is an object")
        if sizes[id(operation)] > OPERATION_BYTES:
            raise Malformed("operation too large")
    return value


def read_batch(line):
    """The batch in a line (step 3.4.1). Raises Bad."""
    if len(line) > LINE_BYTES:
        raise Bad("too-large", f"{len(line)} bytes")
    try:
        members, sizes = parse_line(line)
        version = members.get("v")
        if not is_integer(version, 1):
            raise Bad("version")
        number, first = members.get("b"), members.get("n")
        if not is_integer(number, 1) or not is_integer(first, 1):
            raise Malformed("b and n count from 1")
        if ("prev" in members) == (number == 1) or (number == 1 and first != 1):
            raise Malformed("the first batch of a stream has no prev and begins at 1")
        later = version > 1
        operations = _operations(members.get("ops"), None if later else sizes)
        last = first + len(operations) - 1
        if last > MAXIMUM:
            raise Malformed("counters leave the range of integers")
        batch = Batch(
            line=line, hash=batch_hash(line), version=version,
            visit=untext64(members.get("visit"), 16), replica=untext64(members.get("replica"), 16),
            number=number, first=first, last=last,
            prev=untext64(members["prev"], 32) if "prev" in members else None,
            deps=_deps(members.get("deps", [])), operations=operations)
        if not later:
            batch.who = _who(members.get("who", []))
            if not is_integer(members.get("t")):
                raise Malformed("t is an integer")
            batch.clock = members["t"]
        return batch
    except Malformed as error:
        raise Bad("malformed", str(error)) from None


def check_signature(line, signature, key):
    """Step 3.4.3. Raises Bad."""
    if not verify(key, signature, batch_hash(line)):
        raise Bad("signature")


def seal(key, line):
    """The signature over a line that was built."""
    return key.sign(batch_hash(line))
