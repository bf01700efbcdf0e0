"""Bundles (section 8, Bundles): what is whole in a file, and what its end says of it."""

import hashlib
import zlib

from certificate import Certificates
from encoding import is_text64, labelled, text64, untext64, verify
from frames import FRAME_BYTES
from strictjson import MAXIMUM, Malformed, is_integer, parse_line

FILE_BYTES = 67_108_864
BUNDLE_BYTES = 268_435_456
MEMBER_BYTES = 524_288
VISITS = 512
ANNOUNCING = ("certificate", "batch", "rescued")
MAGIC = b"\x1f\x8b\x08"


class NoBundle(Exception):
    """Nothing of a bundle stands in the file, or it is of a later version, or too large."""


def _count(value):
    return is_integer(value, 0, MAXIMUM)


def _optional(value, name, check):
    return name not in value or check(value[name])


def _part(part):
    return (type(part) is dict and is_text64(part.get("visit"), 16)
            and all(_count(part.get(n)) for n in ("first", "last", "batches")))


def _header(value):
    if not is_integer(value.get("v"), 1):
        return False
    if value["v"] > 1:
        return True
    visits = value.get("visits")
    return (_optional(value, "by", lambda v: is_text64(v, 16)) and is_integer(value.get("t"))
            and type(visits) is list and len(visits) <= VISITS and all(map(_part, visits)))


def _sig(value):
    return is_text64(value.get("sig"), 64)


# What a frame of each name must hold. Members that are not named here are allowed.
FRAMES = {
    "bundle": _header,
    "certificate": _sig,
    "batch": lambda v: _sig(v) and ("at" not in v or (
        is_integer(v["at"], 1) and is_integer(v.get("rx")))),
    "rescued": lambda v: _sig(v) and type(v.get("why")) is str and len(v["why"].encode()) <= 200,
    "open": lambda v: (is_integer(v.get("counter"), 1) and "operation" in v
                       and all(_optional(v, n, lambda t: is_text64(t, 16)) for n in ("visit", "replica"))),
    "seal": lambda v: is_text64(v.get("hash"), 32) and _optional(v, "sig", lambda t: is_text64(t, 64)),
    "end": lambda v: True,
}


def split_frame(line):
    """(name, value) of a line. Raises Malformed."""
    if len(line) > FRAME_BYTES:
        raise Malformed("frame too long")
    members, _ = parse_line(line)
    if len(members) != 1:
        raise Malformed("a frame has exactly one member")
    return next(iter(members.items()))


def check_frame(name, value):
    """Raises Malformed where a frame of a bundle does not hold what it must."""
    if name in FRAMES and (type(value) is not dict or not FRAMES[name](value)):
        raise Malformed(f"no {name} frame")


def read_bundle_frame(line):
    """(name, value) of a good frame of a bundle, whatever it is called. Raises Malformed."""
    name, value = split_frame(line)
    check_frame(name, value)
    return name, value


class Bundle:
    """Reads a file. `items` are (name, value, line or None); `problems` counts what did not read."""

    def __init__(self, file):
        if len(file) > FILE_BYTES:
            raise NoBundle("too large")
        self.header, self.items, self.problems = None, [], 0
        self._seal, self._stated, self._closed = None, "missing", False
        self._hash = hashlib.sha256()
        at, inflated = 0, 0
        while at < len(file) and inflated <= BUNDLE_BYTES:
            if file[at:at + 3] != MAGIC:
                self.problems += 1
                at = self._next(file, at)
                continue
            text, used = inflate(file[at:])
            inflated += len(text)
            self._lines(text, used is not None)
            if used is None:
                self.problems += 1
                at = self._next(file, at)
            else:
                at += used
        if not self._closed:
            self.problems += 1
        if self.header is None and not self.items:
            raise NoBundle("nothing of a bundle")

    @staticmethod
    def _next(file, at):
        found = file.find(MAGIC, at + 1)
        return found if found >= 0 else len(file)

    def _lines(self, text, whole):
        lines = text.split(b"\n")
        rest = lines.pop()
        index = 0
        while index < len(lines):
            if self._closed:
                self.problems += 1
                return
            start = index
            index += 1
            try:
                name, value = split_frame(lines[start])
                if name in ANNOUNCING and index == len(lines):
                    self.problems += whole
                    return
                check_frame(name, value)
                if name in ANNOUNCING:
                    self.items.append((name, value, lines[index]))
                    index += 1
                else:
                    self._plain(name, value)
            except Malformed:
                self.problems += 1
            self._hash.update(b"".join(line + b"\n" for line in lines[start:index]))
        if rest:
            self._hash.update(rest)
            self.problems += whole

    def _plain(self, name, value):
        if name == "bundle":
            if self.header is not None:
                raise Malformed("a second beginning")
            if value["v"] != 1:
                raise NoBundle("a later version")
            self.header = value
        elif name == "open":
            self.items.append((name, value, None))
        elif name == "seal":
            if self._stated != "missing":
                raise Malformed("a second seal")
            stated = untext64(value["hash"], 32)
            self._seal = (stated, value.get("sig"))
            self._stated = "sealed" if self._hash.digest() == stated else "changed"
        elif name == "end":
            self._closed = True

    def closing(self, identity):
        """What the end says, under the pinned identity key (Proof)."""
        if self._stated != "sealed":
            return self._stated
        stated, signature = self._seal
        if signature is None:
            return "unsigned"
        store = Certificates(identity)
        lines = [(line, untext64(value["sig"], 64)) for name, value, line in self.items
                 if name == "certificate"]
        for _ in lines:  # an issuer may stand behind whom it vouches for, where a part was lost
            for line, sig in lines:
                store.present(line, sig)
        maker = self.header and self.header.get("by")
        held = store.held.get(untext64(maker, 16)) if maker else None
        if held is None:
            return "unknown-maker"
        good = verify(held.key, untext64(signature, 64), labelled("fieldbook bundle 1", stated))
        return "good" if good else "forged"

    def described(self):
        """The items as a vector lists them."""
        listed = []
        for name, value, line in self.items:
            item = {"item": name}
            if line is not None:
                item["line"] = text64(line)
            if name == "batch" and "at" in value:
                item["at"] = value["at"]
            if name == "open":
                item["counter"] = value["counter"]
            listed.append(item)
        return listed


def inflate(data):
    """(what came of the member at the start, its length or None where it is not whole)."""
    inflater = zlib.decompressobj(31)
    text = b""
    for index in range(len(data)):
        try:
            text += inflater.decompress(data[index:index + 1])
        except zlib.error:
            return text[:MEMBER_BYTES], None
        if len(text) > MEMBER_BYTES:
            return text[:MEMBER_BYTES], None
        if inflater.eof:
            return text, index + 1
    return text, None
