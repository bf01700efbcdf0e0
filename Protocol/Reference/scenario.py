"""A visit vector in the making: devices, batches, arrivals, and what is expected of them by hand."""

from authoring import IDENTITY, VISIT, Device, Sealed, key, person, seeded, text64
from checks import line_of
from encoding import untext64
from visit import Store

AUTHORITY = 9


class Scenario:
    """Collects one vector. What a test expects is written by hand and held against the reader."""

    def __init__(self, kind, slug, what):
        self.kind, self.slug, self.what = kind, slug, what
        self.certificates, self.batches, self.arrivals = [], [], []
        self.final = None

    def device(self, number, whose, by=IDENTITY):
        device = Device(number, whose)
        self.certificates.append(device.certificate(by))
        return device

    def authority(self, number=AUTHORITY):
        device = Device(number)
        self.certificates.append(device.certificate(name="Server"))
        return device

    def found(self, *roles, number=AUTHORITY):
        """The authority and its first batch: the visit, and persons 1, 2, … in these roles."""
        server = self.authority(number)
        members = [member(n, role) for n, role in enumerate(roles, 1)]
        return server, self.hold(server.seal(*FOUNDING, *members))

    def hold(self, *batches):
        """Adds batches (Sealed, or entries of the vector as they are); returns the last."""
        for batch in batches:
            self.batches.append(batch)
        return batches[-1]

    def store(self):
        store = Store(IDENTITY.public, VISIT)
        for entry in self.certificates:
            assert store.certificates.present(line_of(entry), untext64(entry["sig"]))
        return store

    def arrive(self, order, results, complete=True, gaps=None):
        """One arrival: indices and results as words, the results by hand."""
        order = [int(word) for word in order.split()]
        results = results.split()
        store = self.store()
        found, numbers, absent = [], [], []
        for index in order:
            entry = self.entry(index)
            code, detail = store.admit(line_of(entry), untext64(entry["sig"]))
            found.append(code)
            if code == "gap":
                numbers.append(detail)
            elif code == "missing":
                absent.append([[text64(r), c, text64(h)] for r, c, h in detail])
        assert found == results, f"{self.slug}: {found}"
        assert gaps is None or gaps == numbers, f"{self.slug}: gaps {numbers}"
        self.arrivals.append({
            "order": order, "results": found, "gaps": numbers, "absent": absent,
            "log": text64(store.log.digest), "complete": complete})
        if complete:
            final = store.meaning().summary()
            assert self.final in (None, final), f"{self.slug}: arrivals differ"
            self.final = final
        return self

    def entry(self, index):
        batch = self.batches[index]
        return batch.vector if isinstance(batch, Sealed) else batch

    def in_order(self):
        """All batches in the order in which they were made, each `ok`."""
        return self.arrive(" ".join(str(i) for i in range(len(self.batches))),
                           " ".join(["ok"] * len(self.batches)))

    def expect(self, inert=(), held=(), uninterpreted=(), **cells):
        """Writes the vector. Instances are (batch, index[, reason]); `cells`: see `cell`."""
        def instances(given):
            rows = sorted((i[0].hash, *i[1:]) for i in given)
            return [[text64(row[0]), *row[1:]] for row in rows]
        for name, given in (("inert", inert), ("held", held), ("uninterpreted", uninterpreted)):
            assert self.final[name] == instances(given), \
                f"{self.slug}: {name} {self.final[name]} {instances(given)}"
        found = {k: [s[5] for s in siblings] for k, siblings in self.final["cells"]}
        for key_, values in cells.get("cells", {}).items():
            assert same(found.get(key_, []), values), f"{self.slug}: {key_} {found.get(key_)}"
        self.kind.add(
            self.slug, self.what, identity=text64(IDENTITY.public), visit=text64(VISIT),
            certificates=self.certificates,
            batches=[self.entry(i) for i in range(len(self.batches))],
            arrivals=self.arrivals, final=self.final)


def same(found, expected):
    """Equal without regard to the order of siblings, which the tests of section 6.3 cover."""
    return sorted(map(repr, found)) == sorted(map(repr, expected))


# Operations

def put(at, field, value, **more):
    return {"k": "set", "at": at, "f": field, "v": value} | more


def judge(whose, outcome="met", standard="A1.2", value=None, **more):
    """A judgement in the slot of a person (a number)."""
    return put(f"standard:{standard}", "judgement",
               {"is": outcome, "under": "2026"} | (value or {}), s=text64(person(whose)), **more)


def resolve(outcome, standard="A1.2", **more):
    return put(f"standard:{standard}", "resolution",
               {"is": outcome, "under": "2026", "because": "Seen together."}, **more)


def member(whose, role, **more):
    value = {"role": role, "name": f"Person {whose}"}
    return put("visit", "member", value, s=text64(person(whose)), **more)


def removed(whose, cut, **more):
    """Removal of a person; `cut` is a list of batches."""
    return put("visit", "member", {"role": "none", "cut": [b.dep for b in cut]},
               s=text64(person(whose)), **more)


def add(of, within="visit", **more):
    fields = more.pop("v", {})
    return {"k": "add", "of": of, "in": within, "v": fields} | more


def slot(whose):
    return text64(person(whose))


def judgement_key(whose, standard="A1.2", location=""):
    return f"standard:{standard}|judgement|{slot(whose)}|{location}"


def is_(outcome, **more):
    return {"is": outcome, "under": "2026"} | more


FOUNDING = (
    put("visit", "identity", {"key": text64(key(0).public)}),
    put("visit", "title", "A visit"),
    put("visit", "framework", {"id": "imaging", "edition": "2026",
                               "hash": text64(seeded("framework", 32))}),
    put("visit", "model", 1),
)
