"""Admission of batches into the log of one visit (sections 3.4 to 3.6 and 7)."""

from batch import Bad, check_signature, read_batch
from encoding import log_digest, log_start


class Log:
    """The batches of one visit in the order of admission, with what is derived from their chains."""

    def __init__(self, visit, certificates):
        self.visit = visit
        self.certificates = certificates
        self.batches = {}       # hash -> Batch, in order of position
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
            if batch.prev is not None:
                if batch.prev not in self.batches:
                    return "gap", min(self.highest(batch.replica) + 1, batch.number - 1)
                self.check_chain(batch, self.batches[batch.prev])
        except Bad as bad:
            return "bad/" + bad.why, None
        absent = [dep for dep in batch.deps if self.find(dep) is None]
        if absent:
            return "missing", absent
        return self.append(batch), None

    def check_chain(self, batch, before):
        if (before.replica, before.number + 1) != (batch.replica, batch.number):
            raise Bad("chain", "prev is not the batch before")
        if batch.first != before.last + 1:
            raise Bad("chain", "n does not follow on")

    def append(self, batch):
        chain = frozenset()
        past = set()
        if batch.prev is not None:
            chain = self.chain[batch.prev] | {batch.prev}
            past |= self.past[batch.prev] | {batch.prev}
        for dep in batch.deps:
            held = self.find(dep)
            past |= self.chain[held] | {held}  # not the past of `held`: an author lists all it holds
        others = self.followers.setdefault((batch.replica, batch.prev), [])
        others.append(batch.hash)
        self.batches[batch.hash] = batch
        self.chain[batch.hash] = chain
        self.past[batch.hash] = frozenset(past)
        self.digest = log_digest(self.digest, batch.hash)
        return "fork" if len(others) > 1 else "ok"

    def highest(self, replica):
        """The highest batch number held of a replica, 0 if none."""
        return max((b.number for b in self.batches.values() if b.replica == replica), default=0)

    def find(self, dep):
        """The hash of the batch that a [replica, counter, hash] of deps or a cut names, or None."""
        replica, counter, start = dep
        for batch in self.batches.values():
            if (batch.replica, batch.last) == (replica, counter) and batch.hash.startswith(start):
                return batch.hash
        return None

    def branch(self, batch_hash):
        """The branch that a batch is on: 8 bytes, or b'' on the trunk (3.6)."""
        while batch_hash is not None:
            batch = self.batches[batch_hash]
            if len(self.followers[(batch.replica, batch.prev)]) > 1:
                return batch_hash[:8]
            batch_hash = batch.prev
        return b""
