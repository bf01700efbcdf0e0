"""Who has which role, what is held, who is one human: the authority's words (section 5)."""

from encoding import text64, untext64
from registry import FIELDS

NOBODY_JOINED = text64(bytes(16))  # the authority is one with nobody


class Roster:
    """The roles that the authority operations in the whole set give."""

    def __init__(self, log, names, prepared):
        self.log = log
        # field -> slot -> name -> (value, names over)
        self.writes = {"member": {}, "revoked": {}, "release": {}, "joined": {}}
        for instance, operation in prepared.items():
            if self._is_roster(operation):
                slots = self.writes[operation.operation["f"]]
                over = [names.name(t) for t in operation.targets.get("over", [])]
                slots.setdefault(operation.operation["s"], {})[names.name(instance)] = (
                    operation.operation["v"], over)
        self.classes = self._classes()

    def _is_roster(self, prepared):
        if prepared is None or type(prepared) is str or prepared.kind != "set":
            return False
        operation = prepared.operation
        if operation["at"] != "visit" or operation["f"] not in self.writes or "l" in operation:
            return False
        certificate = self.log.certificates.held[prepared.batch.replica]
        row = FIELDS["visit"][operation["f"]]
        return (certificate.kind == "authority" and row.slot(operation.get("s", ""))
                and row.value(operation["v"]))

    def _siblings(self, field, slot):
        writes = self.writes[field].get(slot, {})
        removed = {name for _, over in writes.values() for name in over}
        return writes, [name for name in writes if name not in removed]

    def inside(self, cut, batch):
        """Whether a batch is inside a cut: named by it, or in the chain of one that is."""
        for replica, counter, start in cut:
            named = self.log.find((untext64(replica), counter, untext64(start)))
            if named == batch.hash or (named and batch.hash in self.log.chain[named]):
                return True
        return False

    def released(self, batch, counter):
        """Whether every release of the batch's replica that stands takes in an operation."""
        replica = text64(batch.replica)
        writes, siblings = self._siblings("release", replica)
        return bool(siblings) and all(
            any(first <= counter <= last and self.inside([[replica, last, start]], batch)
                for first, last, start in writes[name][0]["batches"])
            for name in siblings)

    def roles(self, batch, counter):
        """Roles that must all give a right to an operation; None for the authority; "held"."""
        certificate = self.log.certificates.held[batch.replica]
        if certificate.kind == "authority":
            return None
        released = self.released(batch, counter)
        writes, siblings = self._siblings("revoked", text64(batch.replica))
        if not released and any(
                not self.inside(writes[name][0]["cut"], batch) for name in siblings):
            return "held"
        writes, siblings = self._siblings("member", text64(certificate.person))
        return self._given(writes, siblings, batch, released)

    def _given(self, writes, names, batch, released):
        roles = set()
        for name in names:
            value, over = writes[name]
            removal = value["role"] == "none"
            if self.inside(value.get("cut", []), batch) or (removal and released):
                replaced = [n for n in over if n in writes]
                before = self._given(writes, replaced, batch, released)
                if before == "held":
                    return "held"
                roles |= before
            elif removal:
                return "held"
            else:
                roles.add(value["role"])
        return roles or "held"

    def _classes(self):
        """person -> everybody who is one human with them, in Text64; only where anybody is."""
        classes = {}
        for slot in self.writes["joined"]:
            writes, siblings = self._siblings("joined", slot)
            others = {writes[name][0]["with"] for name in siblings}
            if len(others) != 1 or NOBODY_JOINED in (slot, *others):
                continue
            merged = classes.get(slot, {slot}) | classes.get(*others, others)
            for person in merged:
                classes[person] = merged
        return classes

    def people(self, person):
        """A person and whoever is one human with them."""
        return {person} | {untext64(p) for p in self.classes.get(text64(person), ())}
