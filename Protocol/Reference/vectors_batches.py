"""Vectors of sections 3.4.1 and 3.4.3: batches/."""

from authoring import CLOCK, VISIT, Kind, compact, key, line_member, person, seeded
from batch import batch_hash
from encoding import labelled, text64

MAX = 9_007_199_254_740_991
AUTHOR = key(1)
OTHERS = sorted((key(n).replica for n in range(2, 6)))
PREV = text64(seeded("prev", 32))


def judge(**more):
    return {"k": "set", "at": "standard:A1.2", "f": "judgement", "s": text64(person(1)),
            "v": {"is": "met", "under": "2026"}} | more


def members(**changes):
    """The members of a plain first batch, changed. None removes one."""
    plain = {"v": 1, "visit": text64(VISIT), "replica": text64(AUTHOR.replica), "b": 1, "n": 1,
             "t": CLOCK, "ops": [judge()]}
    return {k: v for k, v in (plain | changes).items() if v is not None}


def later(**changes):
    """The members of a batch 17 with prev, changed."""
    return members(**({"b": 17, "n": 230, "prev": PREV} | changes))


def dep(index, counter=5, start=0):
    return [text64(OTHERS[index]), counter, text64(bytes([start]) + bytes(15))]


def sized(total):
    """A batch line of exactly `total` bytes, of operations below their own limit."""
    operations = [{"k": "x-pad", "p": "x" * 16_000} for _ in range(4)]
    spare = total - len(compact(members(ops=operations + [{"k": "x-pad", "p": ""}])))
    return members(ops=operations + [{"k": "x-pad", "p": "x" * spare}])


def operation_of(size):
    """An operation of exactly `size` bytes in the line, mostly escapes."""
    empty = len(compact({"k": "x-pad", "p": ""}))
    pairs, rest = divmod(size - empty, 2)
    return {"k": "x-pad", "p": "\n" * pairs + "x" * rest}


def make(out):
    kind = Kind("batches", out)

    def add(slug, what, code, line, header=None, signature=None):
        if type(line) is dict:
            line = compact(line).encode()
        digest = batch_hash(line)
        more = {}
        if code == "ok":
            first, last, number = header or (1, 1, 1)
            more["header"] = {"visit": text64(VISIT), "replica": text64(AUTHOR.replica), "b": number,
                              "n": first, "last": last}
        kind.add(slug, what, **line_member(line), sig=text64(signature or AUTHOR.sign(digest)),
                 key=text64(AUTHOR.public), hash=text64(digest), code=code, **more)

    def good(slug, what, line, *header):
        add(slug, what, "ok", line, header or None)

    def malformed(slug, what, line):
        add(slug, what, "bad/malformed", line)

    make_good(good)
    make_sizes(add, good, malformed)
    make_json(malformed)
    make_members(malformed, good)
    make_versions(add, good, malformed)
    make_signatures(add)


def make_good(good):
    good("first", "The first batch of a stream has no prev and begins at counter 1", members())
    good("full", "A batch with every member", later(
        deps=[dep(0), dep(1, 112)], who=[text64(OTHERS[0]), text64(OTHERS[1]) + "/" + "A" * 11],
        ops=[judge(over=[[0, 5]]), judge(d=120)]), 230, 231, 17)
    line = compact(members()).encode()
    good("white-space", "White space between tokens is allowed and takes part in the hash",
         line.replace(b",", b" ,\t"))
    good("space-around", "White space around the object is allowed and takes part in the hash",
         b" " + line + b"\t ")
    good("unknown-members", "Unknown members are kept and take part in the hash",
         members(colour="green", nested={"a": [1]}))
    good("member-order", "The order of members is free", dict(reversed(members().items())))
    good("escaped", "Members may be escaped as strict JSON allows",
         line.replace(b'"visit"', b'"\\u0076isit"'))
    good("not-ascii", "Text of operations is UTF-8", members(ops=[judge(note="naïve – 🏥")]))
    good("empty-operation", "An operation without any member is well-formed here", members(ops=[{}]))
    good("misshapen-operation", "A misshapen operation never makes the batch bad",
         members(ops=[{"k": 7, "at": [], "v": True}]))
    good("256-operations", "A batch has at most 256 operations: 256", members(ops=[{}] * 256), 1, 256, 1)
    good("last-counter", "Counters reach 2^53-1",
         later(n=MAX - 1, ops=[{}, {}]), MAX - 1, MAX, 17)
    good("last-number", "Batch numbers reach 2^53-1", later(b=MAX), 230, 230, MAX)
    good("empty-deps-and-who", "deps and who may be empty", members(deps=[], who=[]))
    good("deps-of-one-replica", "deps may name two batches of one replica", members(
        deps=[dep(0, 3), dep(0, 5, 1), dep(0, 5, 2), dep(1, 1)]))
    good("dep-of-own-replica", "Only the log can tell whether a dep of the own replica is another branch",
         later(deps=[[text64(AUTHOR.replica), 229, text64(bytes(16))]]), 230, 230, 17)
    good("512-deps-and-who", "512 deps and 512 entries of who are allowed", members(
        deps=[dep(0, n) for n in range(1, 513)], who=[text64(OTHERS[0])] * 512))
    good("negative-clock", "The clock is a label: far in the past is as good", members(t=-MAX))
    good("nested-8", "Containers of a line nest 8 deep", members(ops=[{"v": {"a": [[[[1]]]]}}]))


def make_sizes(add, good, malformed):
    good("65536-bytes", "A line has at most 65,536 bytes: 65,536", sized(65_536), 1, 5, 1)
    add("65537-bytes", "A line has at most 65,536 bytes: 65,537", "bad/too-large", sized(65_537))
    add("large-and-malformed", "Size is judged before anything else", "bad/too-large", b"[" * 65_537)
    good("operation-16384", "The escaped form of an operation has at most 16,384 bytes: 16,384",
         members(ops=[operation_of(16_384)]))
    malformed("operation-16385", "The escaped form of an operation has at most 16,384 bytes: 16,385",
              members(ops=[operation_of(16_385)]))
    spaced = compact(members(ops=[{"k": "x-pad"}])).encode().replace(
        b'{"k"', b"{" + b" " * 16_384 + b'"k"')
    malformed("operation-spaces", "White space inside an operation counts towards its size", spaced)
    malformed("257-operations", "A batch has at most 256 operations: 257", members(ops=[{}] * 257))
    malformed("no-operation", "A batch has at least one operation", members(ops=[]))
    malformed("513-deps", "A batch has at most 512 deps",
              members(deps=[dep(0, n) for n in range(1, 514)]))
    malformed("513-who", "A batch has at most 512 entries of who",
              members(who=[text64(OTHERS[0])] * 513))


def make_json(malformed):
    line = compact(members()).encode()

    def inside(value):
        """A line with these bytes as the value of an operation's member."""
        return compact(members(ops=[{"k": "x", "v": 0}])).encode().replace(b'"v":0}', b'"v":' + value + b"}")

    malformed("nested-9", "Containers of a line do not nest 9 deep",
              members(ops=[{"v": {"a": [[[[[1]]]]]}}]))
    malformed("nested-30000", "Deep nesting is refused without harm", inside(b"[" * 30_000))
    malformed("key-twice", "A line has no key twice", line.replace(b'"b":1', b'"b":1,"b":1'))
    malformed("key-twice-inside", "An operation has no key twice", inside(b'{"a":1,"a":2}'))
    malformed("key-twice-escaped", "Keys that are equal after unescaping are the same",
              line.replace(b'"b":1', b'"b":1,"\\u0062":1'))
    malformed("fraction", "A fraction anywhere is malformed", inside(b"0.5"))
    malformed("exponent", "An exponent anywhere is malformed", inside(b"1e5"))
    malformed("exponent-in-b", "A number of a batch has no exponent", line.replace(b'"b":1', b'"b":1e0'))
    malformed("negative-zero", "Negative zero anywhere is malformed", inside(b"-0"))
    malformed("huge-integer", "An integer of 1,000 digits is malformed", inside(b"1" * 1_000))
    malformed("integer-beyond", "2^53 anywhere is malformed", inside(b"9007199254740992"))
    malformed("lone-surrogate", "A lone surrogate escape is malformed", inside(b'"\\ud800"'))
    malformed("encoded-surrogate", "A surrogate in UTF-8 is malformed", inside(b'"\xed\xa0\x80"'))
    malformed("overlong", "An overlong encoding is malformed", inside(b'"\xc0\xaf"'))
    malformed("nul-escaped", "An escaped U+0000 is malformed", inside(b'"\\u0000"'))
    malformed("nul-raw", "A raw U+0000 is malformed", inside(b'"\x00"'))
    malformed("null-in-operation", "null is malformed in an operation", inside(b"null"))
    malformed("null-prev", "null is no way to leave prev out",
              line.replace(b'"n":1', b'"n":1,"prev":null'))
    malformed("null-unknown", "null is malformed in an unknown member", line[:-1] + b',"x":null}')
    malformed("byte-order-mark", "A byte order mark is malformed", b"\xef\xbb\xbf" + line)
    malformed("line-feed", "A line feed inside the line is malformed", line.replace(b",", b",\n", 1))
    malformed("carriage-return", "A carriage return behind the line is malformed", line + b"\r")
    malformed("trailing-bytes", "Bytes behind the object are malformed", line + b"x")
    malformed("two-objects", "A line is one object", line + line)
    malformed("truncated", "A truncated line is malformed", line[:-1])
    malformed("truncated-in-string", "A line cut inside a string is malformed", line[:40])
    malformed("empty", "An empty line is malformed", b"")
    malformed("array", "A line is an object", b"[" + line + b"]")
    malformed("key-not-ascii", "A key outside ASCII is malformed", line[:-1] + ',"é":1}'.encode())
    malformed("key-65", "A key of 65 characters is malformed", line[:-1] + b',"' + b"k" * 65 + b'":1}')


def make_members(malformed, good):
    own = text64(AUTHOR.replica)
    for slug, what, line in [
        ("no-visit", "visit is missing", members(visit=None)),
        ("visit-short", "visit is 16 bytes", members(visit="AAAA")),
        ("visit-spare-bits", "visit is canonical Text64", members(visit="A" * 21 + "B")),
        ("b-zero", "Batches are numbered from 1", members(b=0)),
        ("b-as-text", "b is an integer", members(b="1")),
        ("b-bool", "true is no integer", members(b=True)),
        ("n-zero", "Counters begin at 1", later(n=0)),
        ("n-negative", "Counters are positive", later(n=-5)),
        ("no-n", "n is missing", members(n=None)),
        ("n-overflow", "The last counter stays within 2^53-1", later(n=MAX, ops=[{}, {}])),
        ("first-with-prev", "The first batch has no prev", members(prev=PREV)),
        ("first-not-at-1", "The first batch begins at counter 1", members(n=2)),
        ("no-prev", "A batch other than the first has prev", later(prev=None)),
        ("prev-short", "prev is 32 bytes", later(prev=PREV[:-1])),
        ("deps-no-array", "deps is an array", members(deps={})),
        ("deps-unsorted", "deps are sorted by replica", members(deps=[dep(1), dep(0)])),
        ("deps-unsorted-counter", "deps of one replica are sorted by counter",
         members(deps=[dep(0, 6), dep(0, 5)])),
        ("deps-twice", "No dep stands twice", members(deps=[dep(0), dep(0)])),
        ("dep-counter-zero", "A dep's counter is positive", members(deps=[dep(0, 0)])),
        ("dep-short", "A dep has three parts", members(deps=[dep(0)[:2]])),
        ("dep-long", "A dep has three parts and no more", members(deps=[dep(0) + [1]])),
        ("dep-whole-hash", "A dep has the first 16 bytes of the hash",
         members(deps=[[text64(OTHERS[0]), 5, PREV]])),
        ("who-no-array", "who is an array", members(who=own)),
        ("who-no-string", "An entry of who is a string", members(who=[1])),
        ("who-long", "An entry of who is 22 characters, or 22, a slash and 11", members(who=[own + "A"])),
        ("who-branch-short", "A branch in who is 8 bytes", members(who=[own + "/AAAA"])),
        ("no-t", "t is missing", members(t=None)),
        ("t-as-text", "t is an integer", members(t="0")),
        ("no-ops", "ops is missing", members(ops=None)),
        ("ops-no-array", "ops is an array", members(ops={"0": {}})),
        ("operation-no-object", "An operation is an object", members(ops=[{}, []])),
    ]:
        malformed(slug, what, line)
    malformed("replica-short", "replica is 16 bytes", members(replica=own[:-1]))
    # By position in the alphabet of Text64 the order of these two differs from that of their characters.
    low, high = sorted((bytes([0xFB]) + bytes(15), bytes([0x04]) + bytes(15)))
    entries = [[text64(low), 1, text64(bytes(16))], [text64(high), 1, text64(bytes(16))]]
    assert entries[0][0] > entries[1][0]
    good("deps-order-of-bytes", "deps are in order of decoded bytes, not of characters",
         members(deps=entries))
    malformed("deps-order-of-characters", "deps in order of characters are malformed where that differs",
              members(deps=entries[::-1]))


def make_versions(add, good, malformed):
    for slug, what, version in [
        ("v-zero", "Versions begin at 1", 0), ("v-negative", "A version is positive", -1),
        ("v-as-text", "A version is an integer", "1"), ("v-bool", "true is no version", True),
        ("no-v", "A line without a version", None),
    ]:
        add(slug, what, "bad/version", members(v=version))
    add("v-zero-and-more", "The version is judged before the other members", "bad/version",
        members(v=0, visit=1, ops=None))
    good("later-version", "A line of a later version is readable up to deps", later(
        v=2, deps=[dep(0)], who=7, t="soon", ops=[{}, 1, "two"], more={"x": 1}), 230, 232, 17)
    good("later-version-large-operation", "Operations of a later version are not measured",
         members(v=3, ops=[operation_of(20_000)]))
    malformed("later-version-no-ops", "A later version counts its operations in ops",
              members(v=2, ops=None))
    malformed("later-version-257", "A later version has at most 256 operations",
              members(v=2, ops=[1] * 257))
    malformed("later-version-no-prev", "A later version keeps the rule of prev", later(v=2, prev=None))
    malformed("later-version-deps", "A later version keeps the form of deps",
              members(v=2, deps=[dep(1), dep(0)]))
    malformed("later-version-float", "A later version is strict JSON",
              compact(members(v=2)).encode()[:-1] + b',"x":1.5}')


def make_signatures(add):
    line = compact(members()).encode()
    digest = batch_hash(line)
    good = AUTHOR.sign(digest)
    add("signature-other-key", "A signature by another key", "bad/signature", line,
        signature=key(2).sign(digest))
    add("signature-other-line", "A signature over another line", "bad/signature", line,
        signature=AUTHOR.sign(batch_hash(line + b" ")))
    add("signature-over-line", "A signature over the line instead of its hash", "bad/signature", line,
        signature=AUTHOR.sign(line))
    add("signature-other-label", "A signature under another label", "bad/signature", line,
        signature=AUTHOR.sign(labelled("fieldbook head 1", line)))
    add("signature-zero", "A signature of zero bytes", "bad/signature", line, signature=bytes(64))
    scalar = int.from_bytes(good[32:], "little") + 2**252 + 27742317777372353535851937790883648493
    add("signature-malleable", "A signature whose S is not below the group order", "bad/signature", line,
        signature=good[:32] + scalar.to_bytes(32, "little"))
    add("malformed-and-unsigned", "Form is judged before the signature", "bad/malformed", line[:-1],
        signature=bytes(64))
