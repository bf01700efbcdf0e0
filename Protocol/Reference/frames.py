"""Frames (section 8) and head lines (section 7.3)."""

from encoding import is_text64, labelled, replica_id, untext64, verify
from strictjson import Malformed, is_integer, parse_line

FRAME_BYTES = 65_536
HEAD_BYTES = 4_096
NAME_BYTES = 200
ANNOUNCING = ("batch", "certificate", "head")
RESULTS = ("ok", "dup", "gap", "missing", "fork", "late", "held", "not-on-visit", "bad")
ENDS_PER_FRAME = 512


def _sig(value):
    return is_text64(value.get("sig"), 64)


def _optional(value, **checks):
    return all(check(value[name]) for name, check in checks.items() if name in value)


def _count(value):
    return is_integer(value, 0)


def _result(value):
    return value.get("code") in RESULTS and _optional(
        value, visit=lambda v: is_text64(v, 16), replica=lambda v: is_text64(v, 16), b=_count,
        at=_count, next=_count, deps=lambda v: type(v) is list, why=lambda v: type(v) is str)


def _device(value):
    return (is_text64(value.get("person"), 16) and type(value.get("name")) is str
            and len(value["name"].encode()) <= NAME_BYTES
            and _count(value.get("held")) and _count(value.get("known"))
            and _optional(value, replica=lambda v: is_text64(v, 16), seen=is_integer))


def _stream(name):
    """`replica` or `replica/branch`, as in `who`; the trunk is never spelt out."""
    if type(name) is not str:
        return False
    replica, slash, branch = name.partition("/")
    return is_text64(replica, 16) and (not slash or is_text64(branch, 8) and branch != "A" * 11)


def _end(value):
    """`[replica, b, counter of the last operation, hash]`: the last batch of a stream."""
    if not (type(value) is list and len(value) == 4 and _stream(value[0]) and is_integer(value[1], 1)
            and is_integer(value[2], 1) and is_text64(value[3], 32)):
        return False
    if value[2] < value[1]:
        raise Malformed("a counter is at least the number of its batch")
    return True


def _streams(value):
    ends = value.get("ends")
    return (is_text64(value.get("visit"), 16) and type(ends) is list and len(ends) <= ENDS_PER_FRAME
            and all(map(_end, ends)))


def _held(value):
    places = value.get("places")
    if not (is_text64(value.get("visit"), 16) and type(places) is list
            and all(is_integer(p, 0, ENDS_PER_FRAME - 1) for p in places)):
        return False
    if any(a >= b for a, b in zip(places, places[1:])):
        raise Malformed("places ascend")
    return True


# What a frame of each name must hold. Members that are not named here are allowed.
FRAMES = {
    "hello": lambda v: "v" in v,
    "certificate": _sig,
    "batch": lambda v: _sig(v) and _optional(v, at=_count, rx=is_integer),
    "own": lambda v: is_text64(v.get("hash"), 32) and _count(v.get("at")) and is_integer(v.get("rx")),
    "head": _sig,
    "result": _result,
    "page": lambda v: (is_text64(v.get("visit"), 16) and _count(v.get("position"))
                       and is_text64(v.get("digest"), 32) and type(v.get("more")) is bool),
    "intake": lambda v: (is_text64(v.get("visit"), 16) and type(v.get("devices")) is list
                         and all(type(d) is dict and _device(d) for d in v["devices"])),
    "enrolled": lambda v: (is_text64(v.get("identity"), 32) and is_text64(v.get("epoch"), 16)
                           and is_text64(v.get("person"), 16) and type(v.get("name")) is str
                           and type(v.get("server")) is str),
    "streams": _streams,
    "held": _held,
    "history": lambda v: is_text64(v.get("epoch"), 16),
    "end": lambda v: True,
}


def read_frame(line):
    """(name, value) of a frame; None if it is not known. Raises Malformed."""
    if len(line) > FRAME_BYTES:
        raise Malformed("frame too long")
    members, _ = parse_line(line)
    if len(members) != 1:
        raise Malformed("a frame has exactly one member")
    (name, value), = members.items()
    if name not in FRAMES:
        return None
    if type(value) is not dict or not FRAMES[name](value):
        raise Malformed(f"no {name} frame")
    return name, value


def read_body(body):
    """([(name, value, sealed line or None)…], complete). Raises Malformed."""
    lines = body.split(b"\n")
    lines.pop()  # what is behind the last line feed: nothing, or a line that was cut
    cut = not body.endswith(b"\n")
    frames = []
    at = 0
    while at < len(lines):
        frame = read_frame(lines[at])
        at += 1
        if frame is None:
            continue
        name, value = frame
        if name == "end":
            if at != len(lines) or cut:
                raise Malformed("something behind the end")
            return frames + [(name, value, None)], True
        sealed = None
        if name in ANNOUNCING:
            if at == len(lines):
                break
            sealed = lines[at]
            at += 1
        frames.append((name, value, sealed))
    return frames, False


def read_head(line):
    """The members of a head line. Raises Malformed."""
    if len(line) > HEAD_BYTES:
        raise Malformed("head line too long")
    members, _ = parse_line(line)
    if not is_integer(members.get("v"), 1, 1) or not is_integer(members.get("position"), 0):
        raise Malformed("version or position")
    for name, length in (("visit", 16), ("epoch", 16), ("digest", 32), ("replica", 16)):
        untext64(members.get(name), length)
    return members


def check_head(line, signature, key):
    """Whether a head line is well-formed and signed by the replica it names."""
    try:
        replica = untext64(read_head(line)["replica"])
    except Malformed:
        return False
    return replica == replica_id(key) and verify(key, signature, labelled("fieldbook head 1", line))
