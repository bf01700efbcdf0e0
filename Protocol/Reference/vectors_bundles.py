"""Vectors of bundles (section 8, Bundles): bundles/."""

import hashlib
import zlib

from authoring import CLOCK, IDENTITY, OTHER_VISIT, VISIT, Device, Kind, compact, key
from encoding import labelled, text64
from vectors_wire import frame


def member(text):
    """A gzip member of stored pieces: the same bytes with every library."""
    pieces = [text[i:i + 65_535] for i in range(0, len(text), 65_535)] or [b""]
    data = b""
    for index, piece in enumerate(pieces):
        size = len(piece)
        last = index == len(pieces) - 1
        data += bytes([last]) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + piece
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    return head + data + zlib.crc32(text).to_bytes(4, "little") + len(text).to_bytes(4, "little")


def bomb(size):
    """A gzip member of many line feeds: one, and then the one before 258 times, again and again."""
    bits = "110" + f"{0x30 + 10:08b}"  # one block of fixed codes; a literal line feed
    runs = (size - 1) // 258
    bits += ("11000101" + "00000") * runs + "0000000"
    text = b"\n" * (1 + 258 * runs)
    data = bytes(int(bits[i:i + 8][::-1], 2) for i in range(0, len(bits), 8))
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    return head + data + zlib.crc32(text).to_bytes(4, "little") + len(text).to_bytes(4, "little")


def begin(maker, *parts, **changes):
    value = {"v": 1, "by": text64(maker.replica), "t": CLOCK, "visits": [
        {"visit": text64(visit), "first": first, "last": last, "batches": count}
        for visit, first, last, count in parts]} | changes
    return frame("bundle", {k: v for k, v in value.items() if v is not None})


def carried(sealed, at):
    return frame("batch", {"sig": sealed.vector["sig"], "at": at, "rx": CLOCK}, sealed.line)


def certified(certificate):
    return frame("certificate", {"sig": certificate["sig"]}, certificate["line"].encode())


def closed(text, signer=None, said=None):
    """The text with its seal and end."""
    stated = hashlib.sha256(text if said is None else said).digest()
    seal = {"hash": text64(stated)}
    if signer:
        seal["sig"] = text64(signer.sign(labelled("fieldbook bundle 1", stated)))
    return frame("seal", seal) + frame("end")


def make(out):
    kind = Kind("bundles", out)
    maker, other, server = Device(1, 1), Device(2, 2), Device(9)
    first = server.seal({"k": "set", "at": "visit", "f": "title", "v": "A visit"})
    second = maker.seal({"k": "x"}, deps=[first])
    third = other.seal({"k": "y"}, deps=[first, second])
    vouching = [server.certificate(), maker.certificate(), other.certificate()]
    sealed = [first, second, third]
    listed = [{"item": "certificate", "line": text64(c["line"].encode())} for c in vouching] + [
        {"item": "batch", "line": text64(s.line), "at": i + 1} for i, s in enumerate(sealed)]
    body = b"".join(certified(c) for c in vouching) + b"".join(
        carried(s, i + 1) for i, s in enumerate(sealed))
    text = begin(maker.key, (VISIT, 1, 3, 3)) + body
    header = {"by": text64(maker.key.replica), "t": CLOCK,
              "visits": [{"visit": text64(VISIT), "first": 1, "last": 3, "batches": 3}]}
    good = text + closed(text, maker.key)

    def add(slug, what, file, closing, items=listed, header=header, damaged=False, identity=IDENTITY):
        more = {} if header is None else {"header": header}
        kind.add(slug, what, file=text64(file), identity=text64(identity.public), ok=True, **more,
                 items=items, damaged=damaged, closing=closing)

    def none(slug, what, file):
        kind.add(slug, what, file=text64(file), identity=text64(IDENTITY.public), ok=False)

    add("whole", "A bundle of one visit, signed by its maker", member(good), "good")
    ends = [len(begin(maker.key, (VISIT, 1, 3, 3)))]
    split = member(good[:ends[0]]) + member(good[ends[0]:len(text)]) + member(good[len(text):])
    add("members", "The frames of a bundle stand in as many members as one likes", split, "good")
    add("unsigned", "Where the key was lost nobody signs, and each batch proves itself",
        member((t := begin(maker.key, (VISIT, 1, 3, 3), by=None) + body) + closed(t)), "unsigned",
        header={k: v for k, v in header.items() if k != "by"})
    add("forged", "The signature of another replica is not the maker's", member(text + closed(text, other.key)),
        "forged")
    add("as-batch", "A seal under another label signs no bundle",
        member(text + frame("seal", {"hash": text64(hashlib.sha256(text).digest()), "sig": text64(
            maker.key.sign(labelled("fieldbook batch 1", hashlib.sha256(text).digest())))}) + frame("end")),
        "forged")
    add("foreign", "Under another server's identity key nobody vouches for the maker", member(good),
        "unknown-maker", identity=key(7))
    lines = text.split(b"\n")
    moved = b"\n".join(lines[:1] + lines[3:5] + lines[1:3] + lines[5:])
    add("reordered", "Frames in another order than the maker's are not as it was made",
        member(moved + closed(text, maker.key)), "changed",
        items=[listed[1], listed[0]] + listed[2:])
    twice = text + carried(third, 3)
    add("twice", "A frame that stands twice is told twice, and changes the file",
        member(twice + closed(text, maker.key)), "changed", items=listed + [listed[-1]])
    add("later-frame", "A frame of another name is passed over",
        member((t := text + frame("weather", {"rain": 1})) + closed(t, maker.key)), "good")
    rescued = text + frame("rescued", {"sig": second.vector["sig"], "why": "chain"}, second.line) + frame(
        "open", {"counter": 2, "operation": {"d": CLOCK, "k": "z"}, "visit": text64(VISIT)})
    add("rescue", "A rescue has what was refused and what was never sealed",
        member(rescued + closed(rescued, maker.key)), "good",
        items=listed + [{"item": "rescued", "line": text64(second.line)}, {"item": "open", "counter": 2}])
    empty = begin(maker.key, (VISIT, 0, 0, 0), (OTHER_VISIT, 0, 0, 0)) + certified(vouching[1])
    add("empty", "A visit may have nothing to carry", member(empty + closed(empty, maker.key)), "good",
        items=listed[1:2], header=header | {"visits": [
            {"visit": text64(v), "first": 0, "last": 0, "batches": 0} for v in (VISIT, OTHER_VISIT)]})

    add("without-end", "A file that was cut behind a whole member", split[:len(split) - len(member(good[len(text):]))],
        "missing", damaged=True)
    add("cut", "A file that was cut within a batch keeps what stands before",
        member(good)[:15 + text.index(third.line) + 10], "missing", items=listed[:5], damaged=True)
    middle = bytearray(split)
    middle[len(member(good[:ends[0]])) + 40] ^= 1
    add("damage-in-the-middle", "What came out of a member before its checksum failed is told; a changed signature signs nothing",
        bytes(middle), "changed", damaged=True)
    add("no-beginning", "Without its first member a file still gives its batches",
        split[len(member(good[:ends[0]])):], "changed", header=None, damaged=False)
    add("rubbish-between", "Bytes that are no member are passed over",
        split[:len(member(good[:ends[0]]))] + b"\x00rubbish" + split[len(member(good[:ends[0]])):], "good",
        damaged=True)
    add("behind-end", "What stands behind the end is not read", member(good + carried(third, 3)), "good",
        damaged=True)
    add("not-json", "A line that is no frame is passed over",
        member((t := text + b"{\n") + closed(t, maker.key)), "good", damaged=True)
    add("no-place", "A place has both members",
        member((t := begin(maker.key, (VISIT, 1, 3, 3)) + frame(
            "batch", {"sig": first.vector["sig"], "at": 0, "rx": CLOCK}, first.line) + body) + closed(t, maker.key)),
        "good", damaged=True)
    add("two-beginnings", "A bundle begins once", member((t := text + begin(maker.key)) + closed(t, maker.key)),
        "good", damaged=True)

    none("later-version", "A later version is not read", member(frame("bundle", {"v": 2}) + good))
    none("plain", "Frames that are not compressed are no bundle", good)
    none("nothing", "An empty file is no bundle", b"")
    none("other-gzip", "Another compressed text is no bundle", member(b"Dear all,\nsee you on Monday.\n"))
    none("bomb", "A member beyond the limit is not read", bomb(530_000))
