"""Visits in which batches are lost: declared gaps (section 3.9)."""

from authoring import seeded, text64
from scenario import Scenario, is_, judge, judgement_key, member, put, removed


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_declared(begin)
    make_found(begin)
    make_branches(begin)
    make_inert(begin)
    make_authority(begin)


def hole(last, before=None, **changes):
    """What is known of lost batches: the last of them, and the one before the first."""
    entry = {"from": before.last + 1 if before else 1, "to": last.last, "b": last.number, "hash": last.dep[2]}
    if before:
        entry["prev"] = before.dep[2]
    return {k: v for k, v in (entry | changes).items() if v is not None}


def declare(device, *holes, **more):
    value = {"gaps": list(holes), "because": "Lost with the tablet."}
    return put("visit", "gap", value, s=device.name, **more)


def stream(begin, slug, what, count, *roles):
    """A device that sealed batches of two judgements each; all but the first are not held yet."""
    s = begin(slug, what)
    server, start = s.found(*roles or ("peer", "peer"))
    one = s.device(1, 1)
    made = [one.seal(judge(1, standard="S1"), judge(1, standard="T1"), deps=[start])]
    for number in range(2, count + 1):
        made.append(one.seal(judge(1, "not-met", standard="S1", over=[2 * number - 3]),
                             judge(1, standard=f"T{number}")))
    return s, server, start, one, made


def make_declared(begin):
    s, server, start, one, (a, b, c) = stream(
        begin, "lost-on-a-chain", "Behind a declared gap a stream goes on; what refers to what is lost is inert", 3)
    s.hold(a, c, server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 2 3 2", "ok ok gap ok ok", gaps=[2]).arrive("0 3 1 2", "ok ok ok ok")
    s.arrive("0 3 2 1 2", "ok ok gap ok ok", gaps=[1])
    s.expect(inert=[(c, 0, "reference")],
             cells={judgement_key(1, "S1"): [is_("met")], judgement_key(1, "T3"): [is_("met")]})

    s, server, start, one, (a, b) = stream(
        begin, "lost-but-in-deps", "A dep on a declared gap is met; a reference to what is lost is not", 2)
    two = s.device(2, 2)
    seen = two.seal(judge(2, cites=[[0, 2]]), judge(2, cites=[[0, 4]], standard="U"), deps=[start, b], who=[one])
    s.hold(a, seen, server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 2 3 2", "ok ok missing ok ok").arrive("0 3 2 1 2", "ok ok missing ok ok")
    s.expect(inert=[(seen, 1, "reference")], cells={judgement_key(2): [is_("met")]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-from-the-start", "A gap may begin a stream", 3)
    s.hold(c, server.seal(declare(one, hole(b))))
    s.arrive("0 1 2 1", "ok gap ok ok", gaps=[1])
    s.expect(inert=[(c, 0, "reference")], cells={judgement_key(1, "T3"): [is_("met")]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-number-unknown", "Where only deps name what is lost its number may be left out", 3)
    two = s.device(2, 2)
    s.hold(a, two.seal(judge(2), deps=[start, b]), server.seal(declare(one, hole(b, a, b=None))), c)
    s.arrive("0 1 2 4 3 2 4", "ok ok missing gap ok ok ok", gaps=[2])
    s.expect(inert=[(c, 0, "reference")])

    s, server, start, one, (a, b, c, d, e) = stream(
        begin, "lost-twice", "A stream may have several gaps", 5)
    s.hold(a, c, e, server.seal(declare(one, hole(b, a), hole(d, c))))
    s.arrive("0 1 4 2 3", "ok ok ok ok ok").arrive("0 4 3 1 2 3", "ok ok gap ok ok ok", gaps=[1])
    s.expect(inert=[(c, 0, "reference"), (e, 0, "reference")],
             cells={judgement_key(1, "S1"): [is_("met")], judgement_key(1, "T5"): [is_("met")]})

    s, server, start, one, (a, b, c, d, e) = stream(
        begin, "lost-behind-what-is-lost", "A gap may go on from another one", 5)
    two = s.device(2, 2)
    seen = two.seal(judge(2), deps=[start, c])
    s.hold(a, seen, e, server.seal(declare(one, hole(d, c))), server.seal(declare(one, hole(c, a))))
    s.arrive("0 1 4 3 2 5 3 2", "ok ok ok gap missing ok ok ok", gaps=[2])
    s.arrive("0 1 4 5 2 3", "ok ok ok ok ok ok")
    s.expect(inert=[(e, 0, "reference")], cells={judgement_key(1, "T5"): [is_("met")]})

    s, server, start, one, (a, b, c, d) = stream(
        begin, "lost-and-declared-twice", "Of two gaps with one end both count, the replaced one as well", 4)
    two = s.device(2, 2)
    seen = two.seal(judge(2), deps=[start, b])
    s.hold(a, seen, d, server.seal(declare(one, hole(b, a))),
           server.seal(declare(one, hole(c, a), hole(c, b), over=[7])))
    s.arrive("0 1 4 2 3 5 3", "ok ok ok ok gap ok ok", gaps=[2])
    s.expect(inert=[(d, 0, "reference")], cells={judgement_key(1, "T4"): [is_("met")]})


def make_found(begin):
    s, server, start, one, (a, b, c) = stream(
        begin, "lost-and-found", "What is found later counts as if it had never been lost", 3)
    two = s.device(2, 2)
    s.hold(a, b, c, two.seal(judge(2, cites=[[0, 4]]), deps=[start, b], who=[one]),
           server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 2 3 4 5", "ok ok ok ok ok ok")
    s.arrive("0 1 3 4 5 3 4 2", "ok ok gap missing ok ok ok ok", gaps=[2])
    s.arrive("0 5 1 4 3 2 2", "ok ok ok ok ok ok dup").arrive("0 5 1 2 3 4", "ok ok ok ok ok ok")
    s.expect(cells={judgement_key(1, "S1"): [is_("not-met")], judgement_key(1, "T2"): [is_("met")],
                    judgement_key(2): [is_("met")]})

    s, server, start, one, (a, b, c, d) = stream(
        begin, "lost-and-found-in-part", "What is found of a gap is on the line of what follows the gap", 4)
    d = one.seal(judge(1, "met", standard="S1", over=[3]), judge(1, "not-met", standard="S1", over=[5]), after=c)
    two = s.device(2, 2)
    seen = two.seal(judge(2, cites=[[0, 4]]), judge(2, cites=[[0, 5]], standard="U"), deps=[start, c], who=[one])
    s.hold(a, b, d, seen, server.seal(declare(one, hole(c, a))))
    s.arrive("0 1 5 3 4 2", "ok ok ok ok ok ok").arrive("0 5 1 2 4 3", "ok ok ok ok ok ok")
    s.arrive("0 1 2 5 4 3", "ok ok ok ok ok ok")
    s.expect(inert=[(d, 1, "reference"), (seen, 1, "reference")],
             cells={judgement_key(1, "S1"): [is_("met")], judgement_key(2): [is_("met")]})

    s, server, start, one, (a, b, c, d) = stream(
        begin, "lost-from-the-start-and-found", "The start of a stream may be found last", 4)
    s.hold(a, b, c, d, server.seal(declare(one, hole(c))))
    s.arrive("0 5 4 2 1 3 2 3", "ok ok ok gap ok gap ok ok", gaps=[1, 2])
    s.arrive("0 1 2 3 4 5", "ok ok ok ok ok ok")
    s.expect(cells={judgement_key(1, "S1"): [is_("not-met")]})


def make_branches(begin):
    s, server, start, one, (a, b) = stream(
        begin, "lost-on-a-branch", "A branch may have a gap, and the other goes on", 2)
    x = one.seal(judge(1, standard="X"), after=b)
    y = one.seal(judge(1, "not-met", standard="X", over=[5]), after=x)
    z = one.seal(judge(1, standard="Z"), after=a)
    s.hold(a, b, y, z, server.seal(declare(one, hole(x, b))))
    s.arrive("0 1 2 4 5 3", "ok ok ok fork ok ok").arrive("0 1 4 5 2 3", "ok ok ok ok fork ok")
    s.expect(inert=[(y, 0, "reference")], cells={judgement_key(1, "Z"): [is_("met")]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-and-another-stands-there", "A batch in the place of a lost one is a branch, found or not", 3)
    other = one.seal(judge(1, standard="X"), judge(1, standard="Y"), after=a)
    s.hold(a, c, other, server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 4 2 3", "ok ok ok ok fork").arrive("0 1 3 4 2", "ok ok ok ok ok")
    s.expect(inert=[(c, 0, "reference")],
             cells={judgement_key(1, "X"): [is_("met")], judgement_key(1, "T3"): [is_("met")]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-branch-found", "A fork whose one side was lost is the same fork when it is found", 3)
    other = one.seal(judge(1, standard="X"), judge(1, standard="Y"), after=a)
    s.hold(a, b, c, other, server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 2 3 4 5", "ok ok ok ok fork ok").arrive("0 1 4 5 3 2", "ok ok ok ok ok fork")
    s.arrive("0 1 5 3 4 2", "ok ok ok ok fork fork")
    s.expect(cells={judgement_key(1, "X"): [is_("met")], judgement_key(1, "S1"): [is_("not-met")]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-branch-named", "A reference may name the branch by what is lost, if that is one batch", 3)
    other = one.seal(judge(1, standard="X"), judge(1, standard="Y"), after=a)
    two = s.device(2, 2)
    seen = two.seal(judge(2, cites=[[0, 6]]), judge(2, cites=[[0, 3]], standard="U"),
                    judge(2, cites=[[1, 3]], standard="V"), deps=[start, c, other], who=[b.branch, other.branch])
    s.hold(a, c, other, seen, server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 5 2 3 4", "ok ok ok ok fork ok").arrive("0 1 3 5 2 4", "ok ok ok ok ok ok")
    s.expect(inert=[(c, 0, "reference"), (seen, 1, "reference")],
             cells={judgement_key(2): [is_("met")], judgement_key(2, "V"): [is_("met")]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-on-both-sides", "Two gaps with the same last counter are two branches", 3)
    other = one.seal(judge(1, standard="X"), judge(1, standard="Y"), after=a)
    z = one.seal(judge(1, standard="Z"), after=other)
    s.hold(a, c, z, server.seal(declare(one, hole(b, a), hole(other, a))))
    s.arrive("0 1 4 2 3", "ok ok ok ok ok").arrive("0 4 1 3 2", "ok ok ok ok ok")
    s.expect(inert=[(c, 0, "reference")], cells={judgement_key(1, "Z"): [is_("met")]})


def make_inert(begin):
    s, server, start, one, (a, b, c) = stream(
        begin, "lost-wrong", "A gap with another hash, counter or number is another gap", 3)
    wrong = (hole(b, a, hash=text64(seeded("no hash", 16))), hole(b, a, to=5), hole(b, a, b=3),
             hole(b, a, prev=text64(seeded("no hash", 16))))
    s.hold(a, c)
    for entry in wrong:
        s.hold(server.seal(declare(one, entry)))
    s.hold(server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 3 2 4 2 5 2 6 2 7 2", "ok ok ok gap ok gap ok gap ok gap ok ok", gaps=[2, 2, 2, 2])
    s.expect(inert=[(c, 0, "reference")])

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-values", "A gap that breaks the registry is inert and admits nothing", 3)
    good = hole(b, a)
    bad = [{"gaps": [], "because": "x"}, {"gaps": [good]}, {"because": "x"}, {"gaps": good, "because": "x"}]
    for changes in ({"from": 0}, {"from": 5}, {"to": 2}, {"b": 0}, {"prev": None}, {"from": 1}, {"hash": None},
                    {"hash": text64(b.hash)}, {"prev": "x"}):
        bad.append({"gaps": [hole(b, a, **changes)], "because": "x"})
    bad.append({"gaps": [good, hole(b, a, b=-1)], "because": "x"})
    inert = s.hold(server.seal(
        *[put("visit", "gap", value, s=one.name) for value in bad],
        put("visit", "gap", {"gaps": [good], "because": "x"}),
        put("visit", "gap", {"gaps": [good], "because": "x"}, s="x")))
    more = {"gaps": [good | {"more": 1}], "because": "x", "more": 1}
    s.hold(a, c, server.seal(put("visit", "gap", more, s=one.name)))
    s.arrive("0 1 2 3 4 3", "ok ok ok gap ok ok", gaps=[2])
    s.expect(inert=[(inert, i, "value") for i in range(len(bad))]
             + [(inert, len(bad), "slot"), (inert, len(bad) + 1, "slot"), (c, 0, "reference")])

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-says-a-lead", "Only the authority declares a gap", 3, "peer", "lead")
    two = s.device(2, 2)
    said = two.seal(declare(one, hole(b, a)), deps=[start])
    s.hold(a, c, said, server.seal(declare(one, hole(b, a))))
    s.arrive("0 1 3 2 4 2", "ok ok ok gap ok ok", gaps=[2])
    s.expect(inert=[(said, 0, "role"), (c, 0, "reference")])

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-says-an-inert-one", "A gap counts by its own members, whatever else its operation holds", 3)
    said = server.seal(declare(one, hole(b, a), over=[[3, 1]]))
    s.hold(a, c, said)
    s.arrive("0 1 3 2", "ok ok ok ok")
    s.expect(inert=[(said, 0, "reference"), (c, 0, "reference")])


def make_authority(begin):
    s = begin("lost-of-the-authority", "A second authority declares what the first lost, and rosters behind it count")
    old, start = s.found("peer")
    lost = old.seal(member(2, "peer"))
    later = old.seal(member(3, "peer"), member(1, "lead", over=[5]), put("visit", "title", "B", over=[6]))
    new = s.authority(8)
    three = s.device(3, 3)
    s.hold(later, new.seal(declare(old, hole(lost, start)), deps=[start]), three.seal(judge(3), deps=[start, later]))
    s.arrive("0 1 2 1 3", "ok gap ok ok ok", gaps=[2])
    s.expect(inert=[(later, 2, "reference")],
             cells={judgement_key(3): [is_("met")], "visit|title||": ["A visit"]})

    s, server, start, one, (a, b, c) = stream(
        begin, "lost-in-a-cut", "A cut may name what is lost: the chain before it is inside", 3)
    s.hold(a, c, server.seal(declare(one, hole(b, a))), server.seal(removed(1, [b], over=[5])))
    s.arrive("0 1 3 4 2", "ok ok ok ok held").arrive("0 1 3 2 4", "ok ok ok ok ok")
    s.expect(held=[(c, 0), (c, 1)], cells={judgement_key(1, "S1"): [is_("met")]})
