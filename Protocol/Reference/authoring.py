"""Helpers that make vectors: fixed keys and names, certificates, devices that seal, and files."""

import hashlib
import json
from pathlib import Path

from batch import batch_hash
from encoding import Key, labelled, text64

VECTORS = Path(__file__).resolve().parent.parent / "Vectors"
FIRST = 500
CLOCK = 1_795_244_400_000
COLUMNS = 110


def seeded(what, length):
    return hashlib.sha256(f"fieldbook vector {what}".encode()).digest()[:length]


def key(number):
    return Key(seeded(f"key {number}", 32))


def person(number):
    return seeded(f"person {number}", 16)


IDENTITY = key(0)
VISIT = seeded("visit 1", 16)
OTHER_VISIT = seeded("visit 2", 16)
EPOCH = seeded("epoch 1", 16)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def line_member(line):
    """A sealed line as a member of a vector: text where a JSON string carries it well."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return {"bytes": text64(line)}
    plain = all(c == "\t" or (c >= " " and c not in "\x7f\ufeff\u2028\u2029") for c in text)
    return {"line": text} if plain else {"bytes": text64(line)}


def sealed(line, signer, label="fieldbook batch 1"):
    """A line and its signature as a vector has them."""
    return {**line_member(line), "sig": text64(signer.sign(labelled(label, line)))}


def certificate(subject, by, whose=None, name="Reviewer", device="Tablet", **changes):
    """A certificate line, signed by `by`. `whose` None makes an authority. None in changes removes."""
    members = {"v": 1, "kind": "device" if whose else "authority", "key": text64(subject.public)}
    if whose:
        members["person"] = text64(whose)
    members["name"] = name
    if whose:
        members["device"] = device
    members |= {"by": text64(by.public), "t": CLOCK} | changes
    members = {k: v for k, v in members.items() if v is not None}
    return sealed(compact(members).encode(), by, "fieldbook certificate 1")


class Sealed:
    """A batch that a device sealed."""

    def __init__(self, device, number, first, operations, prev, members):
        line = compact(members).encode()
        self.device, self.number, self.first = device, number, first
        self.last = first + len(operations) - 1
        self.prev, self.hash, self.line = prev, batch_hash(line), line
        self.vector = sealed(line, device.key)

    @property
    def dep(self):
        return [text64(self.device.key.replica), self.last, text64(self.hash[:16])]

    @property
    def branch(self):
        """`replica/branch` as an entry of who."""
        return f"{self.device.name}/{text64(self.hash[:8])}"


class Device:
    """A replica that seals what it is told, with the deps it is told."""

    def __init__(self, number, whose=None):
        self.key = key(number)
        self.person = person(whose) if whose else None
        self.name = text64(self.key.replica)
        self.head = None

    def certificate(self, by=IDENTITY, **changes):
        return certificate(self.key, by, self.person, **changes)

    def seal(self, *operations, deps=(), who=(), after="head", **changes):
        """Seals one batch behind `after` (a Sealed, or None for number 1), default its own head."""
        prev = self.head if after == "head" else after
        number = prev.number + 1 if prev else 1
        first = prev.last + 1 if prev else 1
        members = {"v": 1, "visit": text64(VISIT), "replica": self.name, "b": number, "n": first}
        if prev:
            members["prev"] = text64(prev.hash)
        if deps:
            members["deps"] = [d.dep for d in sorted(
                deps, key=lambda d: (d.device.key.replica, d.last, d.hash))]
        if who:
            members["who"] = [w.name if isinstance(w, Device) else w for w in who]
        members |= {"t": CLOCK, "ops": list(operations)} | changes
        members = {k: v for k, v in members.items() if v is not None}
        self.head = Sealed(self, number, first, members["ops"], prev, members)
        return self.head


def pretty(value, indent=0):
    """JSON in stable order, one line for what fits on one."""
    short = json.dumps(value, ensure_ascii=False)
    if indent + len(short) <= COLUMNS or not isinstance(value, (dict, list)) or not value:
        return short
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{pad}{json.dumps(k)}: {pretty(v, indent + 2)}" for k, v in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    parts = [pad + pretty(v, indent + 2) for v in value]
    return "[\n" + ",\n".join(parts) + "\n" + " " * indent + "]"


class Kind:
    """Numbers and writes the vectors of one kind."""

    def __init__(self, name, out):
        self.name = name
        self.out = out
        self.number = FIRST

    def add(self, slug, what, **members):
        path = f"{self.name}/{self.number}-{slug}.json"
        self.number += 1
        vector = {"what": what, "origin": "python"} | members
        assert path not in self.out
        self.out[path] = (pretty(vector) + "\n").encode()


def _is_python(path):
    return json.loads(path.read_bytes()).get("origin") == "python"


def write_all(out):
    """Writes the vectors, removes python ones that are no longer made; never touches another's."""
    changed = 0
    for path in sorted(VECTORS.glob(f"*/[5-9][0-9][0-9]-*.json")):
        if path.relative_to(VECTORS).as_posix() not in out and _is_python(path):
            path.unlink()
            changed += 1
    for name, data in out.items():
        path = VECTORS / name
        if path.exists():
            if path.read_bytes() == data:
                continue
            if not _is_python(path):
                raise SystemExit(f"{name} is not of python origin: left alone")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        changed += 1
    return changed
