"""A store of one visit: certificates, log and meaning together, as a server answers."""

from admission import Log
from certificate import Certificates
from meaning import Meaning


class Store:
    def __init__(self, identity, visit):
        self.certificates = Certificates(identity)
        self.log = Log(visit, self.certificates)

    def admit(self, line, signature):
        """(result code, detail) of one batch."""
        code, detail = self.log.admit(line, signature)
        if code == "ok":
            batch = list(self.log.batches.values())[-1]
            meaning = Meaning(self.log)
            counters = range(batch.first, batch.last + 1)
            if any(meaning.roster.roles(batch, counter) == "held" for counter in counters):
                code = "held"
        return code, detail

    def meaning(self):
        return Meaning(self.log)
