"""From what an operation writes down to what it means: references, branches, `was` (3.6, 3.7, 4.2).

An operation *instance* is a place, (batch hash, index). Several instances may be one operation: equal
content on two branches of a fork, or under `was`. Its *name* is the dot (replica, counter, branch).
"""

from encoding import labelled, text64
from strictjson import MAXIMUM, canonical, is_integer


class Unresolved(Exception):
    """A reference that does not resolve."""


class ForeignName(Exception):
    """A `was` that names somebody else's replica."""


# For each kind, the members that are one reference and those that are lists of them.
SINGLE = {
    "set": ("at", "l"), "add": ("in", "re"), "inc": ("at", "l"), "fix": ("at", "l"),
    "ins": ("at", "after"),
}
LISTS = {"set": ("over", "cites"), "add": ("cites",), "inc": (), "fix": ("over",), "ins": ()}


def resolve(log, batch, index, reference):
    """The instance that a reference of operation `index` of `batch` names. Raises Unresolved."""
    if type(reference) is int:
        if not 1 <= reference < batch.first + index:
            raise Unresolved("not before the operation itself")
        return _on_chain(log, batch, reference)
    entry, counter = reference
    if not 0 <= entry < len(batch.who) or counter < 1:
        raise Unresolved("no such entry of who")
    replica, branch = batch.who[entry]
    held = [b for b in map(log.known, log.past[batch.hash]) if b.replica == replica]
    if branch is None:
        line = _only_line(log, held)
    else:
        line = _named_line(log, held, branch)
    found = [b for b in line if b.first <= counter <= b.last]
    if len(found) != 1 or found[0].hash in log.lost:
        raise Unresolved("the past does not hold it, or holds it twice, or it is lost")
    return found[0].hash, counter - found[0].first


def _on_chain(log, batch, counter):
    while counter < batch.first:
        batch = log.known(log.parent(batch))
    if batch.hash in log.lost:
        raise Unresolved("it is lost")
    return batch.hash, counter - batch.first


def _only_line(log, held):
    heads = [b for b in held if not any(b.hash in log.chain[other.hash] for other in held)]
    if len(heads) != 1:
        raise Unresolved("no branch, or several and none is named")
    return held


def _named_line(log, held, branch):
    starts = [b for b in held if b.hash.startswith(branch)]
    if len(starts) != 1:
        raise Unresolved("no such branch in the past")
    start = starts[0]
    return [b for b in held if b is start or b.hash in log.chain[start.hash]
            or start.hash in log.chain[b.hash]]


def old_name(log, batch, reference):
    """(replica, counter, branch) that a `was` names. Raises Unresolved, ForeignName."""
    if type(reference) is int:
        raise Unresolved("the old name is of another replica")
    entry, counter = reference
    if not 0 <= entry < len(batch.who) or not 1 <= counter <= MAXIMUM:
        raise Unresolved("no such entry of who")
    replica, branch = batch.who[entry]
    if replica == batch.replica:
        raise Unresolved("the old name is of another replica")
    held = log.certificates.held
    own, other = held[batch.replica], held.get(replica)
    if other is None or (other.kind, other.person) != (own.kind, own.person):
        raise ForeignName()
    return replica, counter, branch or b""


class Names:
    """The names of all operations of a log whose references resolve."""

    def __init__(self, log):
        self.log = log
        self.identity = {}  # instance -> (replica, counter, content): equal for equal operations
        self.claims = {}    # (replica, counter) -> contents that stand under it
        self.sealed = {}    # identity -> branches on which the replica itself sealed it
        self.moved = {}     # identity -> branches under which `was` gave it, and own names

    def claim(self, instance):
        """An operation without content of its own (misshapen, unread) still occupies its counter."""
        batch = self.log.batches[instance[0]]
        counter = batch.first + instance[1]
        place = labelled("place", instance[0], str(instance[1]).encode())
        self._record(instance, (batch.replica, counter, place), self.log.branch(batch.hash))

    def add(self, instance, operation, targets, clock, was):
        """An operation whose references resolved to `targets`: member -> instance or list of them."""
        batch = self.log.batches[instance[0]]
        content = dict(operation)
        content.pop("d", None)
        content.pop("was", None)
        for member, target in targets.items():
            if type(target) is list:
                content[member] = [self._written_identity(t) for t in target]
            else:
                content[member] = self._written_identity(target)
        content = labelled("content", canonical([clock, content]))
        own = (batch.replica, batch.first + instance[1], self.log.branch(batch.hash))
        if was is None:
            self._record(instance, (own[0], own[1], content), own[2])
        else:
            identity = (was[0], was[1], content)
            self.identity[instance] = identity
            for claimed in (was[:2], own[:2]):
                self.claims.setdefault(claimed, set()).add(content)
            self.moved.setdefault(identity, []).append((was, own))

    def _record(self, instance, identity, branch):
        self.identity[instance] = identity
        self.claims.setdefault(identity[:2], set()).add(identity[2])
        self.sealed.setdefault(identity, []).append(branch)

    def _written_identity(self, instance):
        replica, counter, content = self.identity[instance]
        return [text64(replica), counter, text64(content)]

    def name(self, instance):
        """The name of an operation, once all operations of the log are in."""
        identity = self.identity[instance]
        if identity in self.sealed:
            return identity[0], identity[1], min(self.sealed[identity])
        moved = self.moved[identity]
        if len(self.claims[identity[:2]]) == 1:
            return min(was for was, _ in moved)
        return min(own for _, own in moved)


def written(name):
    """An item as cell keys have it."""
    replica, counter, branch = name
    return f"#{text64(replica)}.{counter}" + (f".{text64(branch)}" if branch else "")


def is_reference(value):
    """Whether a value has the shape of a reference."""
    if type(value) is list:
        return len(value) == 2 and all(is_integer(v) for v in value)
    return is_integer(value)
