"""Who has which role, and what is held: the authority's `member` and `revoked` cells (section 5)."""

from encoding import text64, untext64
from registry import FIELDS


class Roster:
    """The roles that the authority operations in the whole set give."""

    def __init__(self, log, names, prepared):
        self.log = log
        self.writes = {"member": {}, "revoked": {}}  # field -> slot -> name -> (value, names over)
        for instance, operation in prepared.items():
            if self._is_roster(operation):
                slots = self.writes[operation.operation["f"]]
                over = [names.name(t) for t in operation.targets.get("over", [])]
                slots.setdefault(operation.operation["s"], {})[names.name(instance)] = (
                    operation.operation["v"], over)

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

    def roles(self, batch):
        """Roles that must all give a right; None for the authority; "held"."""
        certificate = self.log.certificates.held[batch.replica]
        if certificate.kind == "authority":
            return None
        writes, siblings = self._siblings("revoked", text64(batch.replica))
        if any(not self.inside(writes[name][0]["cut"], batch) for name in siblings):
            return "held"
        writes, siblings = self._siblings("member", text64(certificate.person))
        return self._given(writes, siblings, batch)

    def _given(self, writes, names, batch):
        roles = set()
        for name in names:
            value, over = writes[name]
            if value["role"] != "none":
                roles.add(value["role"])
                continue
            if not self.inside(value["cut"], batch):
                return "held"
            before = self._given(writes, [n for n in over if n in writes], batch)
            if before == "held":
                return "held"
            roles |= before
        return roles or "held"
