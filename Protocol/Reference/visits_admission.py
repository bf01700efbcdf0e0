"""Visits whose batches arrive early, twice, late, broken or in a later version (section 3.4)."""

from authoring import OTHER_VISIT, sealed, seeded, text64
from scenario import Scenario, add, is_, judge, judgement_key, put


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_waiting(begin)
    make_refused(begin)
    make_later(begin)


def make_waiting(begin):
    s = begin("gap", "A batch whose `prev` is not held waits, with the number that is wanted")
    _, start = s.found("peer")
    one = s.device(1, 1)
    s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    for standard in "BCD":
        s.hold(one.seal(judge(1, standard=standard)))
    s.arrive("0 4 3 2", "ok gap gap gap", complete=False, gaps=[1, 1, 1])
    s.arrive("0 1 4 3 2 3 4 4", "ok ok gap gap ok ok ok dup", gaps=[2, 2]).in_order()
    s.expect(cells={judgement_key(1, "D"): [is_("met")]})

    s = begin("gap-on-a-branch", "A gap on an unknown branch wants the batch before, as far back as the fork")
    _, start = s.found("peer")
    one = s.device(1, 1)
    trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    for _ in range(3):
        s.hold(one.seal(judge(1, standard="X")))
    one.head = trunk
    for _ in range(3):
        s.hold(one.seal(judge(1, standard="Y")))
    s.arrive("0 1 2 3 4 7 6 5 6 7", "ok ok ok ok ok gap gap fork ok ok", gaps=[3, 2])
    s.expect()

    s = begin("missing", "A batch whose deps are not held waits, with the absent ones")
    _, start = s.found("peer", "peer", "peer")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 3)
    a = s.hold(one.seal(judge(1), deps=[start]))
    b = s.hold(two.seal(judge(2), deps=[start]))
    s.hold(three.seal(judge(3), deps=[start, a, b]))
    s.arrive("3 0 3 1 3 2 3", "missing ok missing ok missing ok ok").arrive("3", "missing", complete=False)
    s.expect(cells={judgement_key(3): [is_("met")]})

    s = begin("gap-before-missing", "The chain is looked at before the deps")
    _, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(judge(1), deps=[start]))
    s.hold(two.seal(judge(2), deps=[start]))
    s.hold(two.seal(judge(2), deps=[a]))
    s.arrive("0 3 2 3 1 3", "ok gap ok missing ok ok", gaps=[1]).in_order().expect()

    s = begin("dep-that-never-is",
              "A dep names the last operation of a batch and the beginning of its hash, or stays absent")
    _, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(judge(1), judge(1, standard="B"), deps=[start]))
    dep = a.dep
    for wrong in ([dep[0], 1, dep[2]], [dep[0], 3, dep[2]], [dep[0], 2, text64(seeded("no hash", 16))],
                  [two.name, 2, dep[2]]):
        s.hold(with_deps(two, [wrong]))
    s.arrive("0 1 2 3 4 5", "ok ok missing missing missing missing")
    s.expect(cells={judgement_key(2): []})

    s = begin("dup", "The same batch again is a duplicate, however often")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(judge(1), deps=[start]))
    s.arrive("0 0 1 1 0 1", "ok dup ok dup dup dup").expect(cells={judgement_key(1): [is_("met")]})

    s = begin("deps-accumulate", "The past takes in the deps of the author's own earlier batches")
    _, start = s.found("peer", "peer", "peer")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 3)
    a = s.hold(one.seal(put("service", "name", "A"), deps=[start]))
    b = s.hold(two.seal(put("service", "name", "B", over=[[0, 1]]), deps=[start, a], who=[one]))
    s.hold(three.seal(judge(3), deps=[start, a, b]))
    s.hold(three.seal(put("service", "name", "C", over=[[0, 1], [1, 1]]), who=[one, two]))
    s.in_order().expect(cells={"service|name||": ["C"]})

    s = begin("deps-not-closed",
              "What a dep's author held is not in the past unless it is listed; its own chain is")
    _, start = s.found("peer", "peer", "peer")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 3)
    a = s.hold(one.seal(put("service", "name", "A"), deps=[start]))
    s.hold(two.seal(put("service", "name", "B"), deps=[start, a]))
    b = s.hold(two.seal(put("service", "name", "C")))
    c = s.hold(three.seal(put("service", "name", "D", over=[[0, 1]]), put("service", "name", "E", over=[[1, 1]]),
                          deps=[b], who=[one, two]))
    s.in_order().expect(inert=[(c, 0, "reference")], cells={"service|name||": ["A", "C", "E"]})

    s = begin("dep-of-own-chain", "A dep of the author's own chain adds nothing and harms nothing")
    _, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1), deps=[start]))
    s.hold(one.seal(judge(1, "not-met", over=[1]), deps=[a]))
    s.in_order().expect(cells={judgement_key(1): [is_("not-met")]})


def with_deps(device, deps):
    """A first batch with deps as they are given."""
    class Given:
        def __init__(self, dep):
            self.dep, self.device, self.last, self.hash = dep, device, 0, b""
    return device.seal(judge(2), deps=[Given(dep) for dep in deps], after=None)


def make_refused(begin):
    s = begin("chain", "What does not follow on from its `prev` is refused")
    _, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(judge(1), judge(1, standard="B"), deps=[start]))
    b = s.hold(two.seal(judge(2), deps=[start]))
    for changes in ({"n": 2}, {"n": 4}, {"b": 3}, {"prev": text64(b.hash), "n": 2}):
        s.hold(one.seal(judge(1, standard="C"), after=a, **changes))
    s.hold(one.seal(judge(1, standard="D"), after=a))
    s.arrive("0 1 2 3 4 5 6 7", "ok ok ok bad/chain bad/chain bad/chain bad/chain ok")
    s.expect(cells={judgement_key(1, "C"): [], judgement_key(1, "D"): [is_("met")]})

    s = begin("refused",
              "Certificate, signature, form, size and visit each have their code, and nothing is stored")
    _, start = s.found("peer")
    one, stranger = s.device(1, 1), s.device(7, 1)
    s.certificates.pop()
    good = one.seal(judge(1), deps=[start])
    s.hold(stranger.seal(judge(1)))
    s.hold({**good.vector, "sig": stranger.seal(judge(1)).vector["sig"]})
    s.hold(sealed(good.line[:-1], one.key))
    s.hold(sealed(good.line + b" " * 65_536, one.key))
    s.hold(one.seal(judge(1), visit=text64(OTHER_VISIT), after=None))
    s.hold(one.seal(judge(1), v=0, after=None))
    s.hold(good)
    s.arrive("0 1 2 3 4 5 6 7",
             "ok bad/certificate bad/signature bad/malformed bad/too-large bad/visit bad/version ok")
    s.expect(cells={judgement_key(1): [is_("met")]})

    s = begin("first-failure-decides", "The first failing step decides: certificate, signature, visit, chain")
    _, start = s.found("peer")
    one, stranger = s.device(1, 1), s.device(7, 1)
    s.certificates.pop()
    elsewhere = {"visit": text64(OTHER_VISIT), "b": 5, "n": 5, "prev": text64(seeded("none", 32))}
    s.hold({**stranger.seal(judge(1), after=None, **elsewhere).vector, "sig": "A" * 86})
    s.hold({**one.seal(judge(1), after=None, **elsewhere).vector, "sig": "A" * 86})
    s.hold(one.seal(judge(1), after=None, **elsewhere))
    s.hold(one.seal(judge(1), after=None, deps=[start]))
    s.arrive("0 1 2 3 4", "ok bad/certificate bad/signature bad/visit ok").expect()

    s = begin("successor-before-its-issuer",
              "A successor's batches need the issuer's certificate first, none of its batches")
    _, start = s.found("peer")
    one = s.device(1, 1)
    two = s.device(2, 1, by=one.key)
    s.hold(two.seal(judge(1), deps=[start]))
    s.in_order().expect(cells={judgement_key(1): [is_("met")]})


def make_later(begin):
    def unread(device, count, **more):
        return device.seal(*["unread"] * count, v=2, t=None, **more)

    s = begin("later-version",
              "A batch of a later version is kept unread, the chain goes on, others may refer to it")
    _, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(unread(one, 3, deps=[start]))
    b = s.hold(one.seal(judge(1), put(2, "title", "x"), judge(1, "not-met", over=[1, 4])))
    c = s.hold(two.seal(put([0, 1], "text", "x"), judge(2, cites=[[0, 3]]), add("comment", "visit", re=[0, 2]),
                        deps=[start, a], who=[one]))
    s.arrive("0 1 2 3 1", "ok ok ok ok dup").arrive("0 1 3 2", "ok ok ok ok")
    s.expect(uninterpreted=[(a, 0), (a, 1), (a, 2), (b, 1), (c, 0), (c, 2)],
             cells={judgement_key(1): [is_("not-met")], judgement_key(2): [is_("met")]})

    s = begin("later-version-chain", "A later version does not excuse from chain and deps")
    _, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(unread(one, 2, deps=[start]))
    s.hold(one.seal(judge(1), after=a, n=2))
    b = s.hold(unread(one, 1, after=a))
    s.arrive("1", "missing", complete=False).arrive("0 3 1 2 3", "ok gap ok bad/chain ok", gaps=[1])
    s.expect(uninterpreted=[(a, 0), (a, 1), (b, 0)])

    s = begin("later-version-held", "A later version of a person who is no member is held")
    _, start = s.found()
    one = s.device(1, 1)
    a = s.hold(unread(one, 2, deps=[start]))
    s.arrive("0 1", "ok held").expect(held=[(a, 0), (a, 1)])

    s = begin("later-version-fork", "A later version takes part in forks")
    _, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(unread(one, 2, deps=[start]))
    s.hold(one.seal(judge(1), deps=[start], after=None))
    s.arrive("0 1 2", "ok ok fork").arrive("0 2 1", "ok ok fork").expect(
        uninterpreted=[(a, 0), (a, 1)], cells={judgement_key(1): [is_("met")]})
