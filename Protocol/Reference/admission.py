"""Admission of batches into the log of one visit (sections 3.4 to 3.6, 3.9 and 7)."""

from batch import Bad, check_signature, read_batch
from encoding import log_digest, log_start
from gaps import Lines, declared, lost_name


class Log:
    """The batches of one visit in the order of admission, with what is derived from their chains."""

    def __init__(self, visit, certificates):
        self.visit = visit
        self.certificates = certificates
        self.batches = {}       # hash -> Batch, in order of position
        self.gaps = []          # Gap, as the authority declared them
        self.order = []         # hashes, each behind what it builds on
        self.lost = {}          # name -> Lost
        self.past = {}          # hash -> frozenset of hashes: what its author says it held (3.3)
        self.chain = {}         # hash -> frozenset of hashes: prev, its prev and so on
        self.followers = {}     # (replica, prev or None) -> hashes
        self.digest = log_start(visit)

    def admit(self, line, signature):
        """('ok' | 'dup' | 'fork' | …, detail). Detail: next of a gap, absent deps of a missing."""
        try:
            batch = read_batch(line)
            certificate = self.certificates.held.get(batch.replica)
            if certificate is None:
                raise Bad("certificate")
            check_signature(line, signature, certificate.key)
            if batch.visit != self.visit:
                raise Bad("visit")
            if batch.hash in self.batches:
                return "dup", None
            if batch.prev in self.batches:
                self.check_chain(batch, self.batches[batch.prev])
            elif batch.prev is not None and not self.follows_gap(batch):
                return "gap", min(self.highest(batch.replica) + 1, batch.number - 1)
        except Bad as bad:
            return "bad/" + bad.why, None
        absent = [dep for dep in batch.deps if self.find(dep) is None]
        if absent:
            return "missing", absent
        return self.append(batch, certificate.kind == "authority"), None

    def check_chain(self, batch, before):
        if (before.replica, before.number + 1) != (batch.replica, batch.number):
            raise Bad("chain", "prev is not the batch before")
        if batch.first != before.last + 1:
            raise Bad("chain", "n does not follow on")

    def follows_gap(self, batch):
        """Whether `prev` is the last batch of a declared gap (3.9)."""
        lost = self.lost.get(lost_name(batch.replica, batch.first - 1, batch.prev[:16]))
        return lost is not None and bool(lost.numbers & {None, batch.number - 1})

    def append(self, batch, is_authority):
        self.batches[batch.hash] = batch
        self.digest = log_digest(self.digest, batch.hash)
        if is_authority:
            self.gaps += declared(batch)
        if self.gaps:
            self.arrange()
        else:
            self.place(batch)
        return "fork" if len(self.followers[batch.replica, self.parent(batch)]) > 1 else "ok"

    def arrange(self):
        """Places every batch anew, each behind what it builds on, however they came."""
        for derived in (self.order, self.lost, self.past, self.chain, self.followers):
            derived.clear()
        lines = Lines(self.gaps, self.batches.values())
        self.lost = {x.hash: x for x in lines.names.values() if x.hash not in self.batches}
        for batch in self.batches.values():
            self.place_behind(batch)
        for lost in self.lost.values():
            self.place_behind(lost)

    def place_behind(self, item):
        if item.hash in self.past:
            return
        parent = self.parent(item)
        named = [self.find(dep) for dep in getattr(item, "deps", ())]
        for before in named if parent is None else [parent, *named]:
            self.place_behind(self.known(before))
        self.place(item)

    def place(self, item):
        chain = frozenset()
        past = set()
        parent = self.parent(item)
        if parent is not None:
            chain = self.chain[parent] | {parent}
            past |= self.past[parent] | {parent}
        for dep in getattr(item, "deps", ()):
            held = self.find(dep)
            past |= self.chain[held] | {held}  # not the past of `held`: an author lists all it holds
        self.followers.setdefault((item.replica, parent), []).append(item.hash)
        self.chain[item.hash] = chain
        self.past[item.hash] = frozenset(past)
        if item.hash in self.batches:
            self.order.append(item.hash)

    def parent(self, item):
        """The hash of what is before a batch or what is lost: a batch, what is lost, or None."""
        if item.hash in self.lost:
            return item.parent
        if item.prev in self.batches or item.prev is None:
            return item.prev
        return lost_name(item.replica, item.first - 1, item.prev[:16])

    def known(self, batch_hash):
        """A batch held, or what stands for lost ones."""
        return self.batches.get(batch_hash) or self.lost[batch_hash]

    def highest(self, replica):
        """The highest batch number held of a replica, 0 if none."""
        return max((b.number for b in self.batches.values() if b.replica == replica), default=0)

    def find(self, dep):
        """The hash of what a [replica, counter, hash] of deps or a cut names, or None."""
        replica, counter, start = dep
        for batch in (*self.batches.values(), *self.lost.values()):
            if (batch.replica, batch.last) == (replica, counter) and batch.hash.startswith(start):
                return batch.hash
        return None

    def branch(self, batch_hash):
        """The branch that a batch is on: 8 bytes, or b'' on the trunk (3.6)."""
        while batch_hash is not None:
            item = self.known(batch_hash)
            batch_hash = self.parent(item)
            if len(self.followers[item.replica, batch_hash]) > 1:
                return item.hash[:8]
        return b""
