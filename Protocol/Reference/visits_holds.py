"""Visits in which a person decides: roles with a cut, what is released, who is one human (section 5)."""

from authoring import text64
from scenario import (Scenario, add, is_, judge, judgement_key, member, person, put, removed, resolve,
                      slot)


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_roles(begin)
    make_releases(begin)
    make_release_rules(begin)
    make_release_forks(begin)
    make_successors(begin)
    make_joins(begin)


def with_cut(whose, role, cut, **more):
    operation = member(whose, role, **more)
    operation["v"] = operation["v"] | {"cut": [b.dep for b in cut]}
    return operation


def release(device, *batches, field="release", **more):
    """Releases whole batches of a device, or (first, last, batch) of one."""
    ranges = []
    for entry in batches:
        first, last, batch = entry if type(entry) is tuple else (entry.first, entry.last, entry)
        ranges.append([first, last, text64(batch.hash[:16])])
    return put("visit", field, {"batches": ranges, "because": "Seen together."}, s=device.name, **more)


def revoked(device, cut, **more):
    return put("visit", "revoked", {"cut": [b.dep for b in cut], "because": "Lost."},
               s=device.name, **more)


def joined(whose, other, **more):
    return put("visit", "joined", {"with": slot(other), "because": "Enrolled twice."},
               s=slot(whose), **more)


def make_roles(begin):
    s = begin("role-narrowed-with-cut",
              "Inside the cut of a change of role the old right counts, outside the new one")
    server, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    s.hold(server.seal(with_cut(1, "observer", [a], over=[start.last]), deps=[a]))
    b = s.hold(one.seal(judge(1, standard="B"), add("comment", v={"text": "x"})))
    c = s.hold(two.seal(judge(1, standard="C"), deps=[start]))
    s.in_order().arrive("0 4 1 3 2", "ok ok ok ok ok").expect(
        inert=[(b, 0, "role"), (c, 0, "role")],
        cells={judgement_key(1, "A"): [is_("met")], judgement_key(1, "B"): []})

    s = begin("role-widened-with-cut", "A wider role with a cut gives nothing to what is inside it")
    server, start = s.found("peer")
    one = s.device(1, 1)
    def assign(standard):
        return put("visit", "assigned", {"standards": [standard]}, s=slot(1))
    a = s.hold(one.seal(assign("A1"), judge(1), deps=[start]))
    s.hold(server.seal(with_cut(1, "lead", [a], over=[start.last]), deps=[a]))
    s.hold(one.seal(assign("B2")))
    s.in_order().arrive("0 1 3 2", "ok ok ok ok").expect(
        inert=[(a, 0, "role")],
        cells={f"visit|assigned|{slot(1)}|": [{"standards": ["B2"]}], judgement_key(1): [is_("met")]})

    s = begin("role-cut-of-nothing", "With a cut and nothing replaced, what is inside is held")
    server, start = s.found()
    a = s.hold(s.device(1, 1).seal(judge(1), deps=[start]))
    s.hold(server.seal(with_cut(1, "peer", [a]), deps=[a]))
    s.arrive("0 1 2", "ok held ok").arrive("0 1 2 1", "ok held ok dup").expect(held=[(a, 0)])

    s = begin("role-cuts-in-a-row", "Each change of role counts from its cut on, and a removal behind them")
    server, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    r = s.hold(server.seal(with_cut(1, "observer", [a], over=[start.last]), deps=[a]))
    b = s.hold(one.seal(judge(1, standard="B")))
    r = s.hold(server.seal(with_cut(1, "lay", [b], over=[r.first]), deps=[b]))
    c = s.hold(one.seal(judge(1, standard="C")))
    s.hold(server.seal(removed(1, [c], over=[r.first]), deps=[c]))
    d = s.hold(one.seal(judge(1, standard="D")))
    s.arrive("0 1 2 3 4 5 6 7", "ok ok ok ok ok ok ok held").arrive(
        "0 1 3 5 7 2 4 6", "ok ok ok ok ok ok ok ok").expect(
        inert=[(b, 0, "role")], held=[(d, 0)],
        cells={judgement_key(1, "A"): [is_("met")], judgement_key(1, "C"): [is_("met")]})

    s = begin("member-again-with-cut",
              "Membership given again with the cut of the removal leaves what stood as it stood")
    server, start = s.found("lead")
    one = s.device(1, 1)
    assigned = put("visit", "assigned", {"standards": ["A1"]}, s=slot(1))
    a = s.hold(one.seal(assigned, deps=[start]))
    r = s.hold(server.seal(removed(1, [a], over=[start.last]), deps=[a]))
    b = s.hold(one.seal(judge(1), assigned | {"over": [1]}))
    s.hold(server.seal(with_cut(1, "peer", [a], over=[r.first])))
    s.arrive("0 1 2 3 4", "ok ok ok held ok").expect(
        inert=[(b, 1, "role")],
        cells={f"visit|assigned|{slot(1)}|": [{"standards": ["A1"]}], judgement_key(1): [is_("met")]})


def make_releases(begin):
    def removal(slug, what):
        """A person is removed behind their first batch; two more of theirs are held."""
        s = begin(slug, what)
        server, start = s.found("peer", "peer")
        one = s.device(1, 1)
        a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
        s.hold(server.seal(removed(1, [a], over=[start.last - 1]), deps=[a]))
        b = s.hold(one.seal(judge(1, standard="B"), judge(1, "not-met", standard="A", over=[1])))
        c = s.hold(one.seal(judge(1, standard="C")))
        return s, server, start, one, a, b, c

    s, server, start, one, a, b, c = removal(
        "release", "What is released has the role that the removal replaced, and the rest stays held")
    s.hold(server.seal(release(one, b), deps=[b]))
    s.arrive("0 1 2 3 4 5", "ok ok ok held held ok").arrive("0 1 3 4 2 5", "ok ok ok ok ok ok").expect(
        held=[(c, 0)], cells={judgement_key(1, "A"): [is_("not-met")],
                              judgement_key(1, "B"): [is_("met")], judgement_key(1, "C"): []})

    s, server, start, one, a, b, c = removal(
        "release-before", "A release may come before what it releases, and before the removal is known")
    s.hold(server.seal(release(one, (b.first, c.last, c))))
    s.arrive("0 1 2 5 3 4", "ok ok ok ok held ok").arrive("0 1 2 3 5 4", "ok ok ok held ok ok").expect(
        cells={judgement_key(1, "A"): [is_("not-met")], judgement_key(1, "C"): [is_("met")]})

    s, server, start, one, a, b, c = removal(
        "release-of-a-part", "A release counts operation by operation, from its first to its last")
    s.hold(server.seal(release(one, (b.last, c.last, c)), deps=[c]))
    s.arrive("0 1 2 3 4 5", "ok ok ok held held ok").arrive("0 1 2 3 4 5 5", "ok ok ok held held ok dup")
    s.expect(held=[(b, 0)], cells={judgement_key(1, "A"): [is_("not-met")],
                                   judgement_key(1, "B"): [], judgement_key(1, "C"): [is_("met")]})

    s, server, start, one, a, b, c = removal(
        "release-taken-back", "A release written over another is the one that counts, an empty one too")
    r = s.hold(server.seal(release(one, b, c), deps=[c]))
    s.hold(server.seal(release(one, over=[r.first]), release(one, b, field="refuse")))
    s.arrive("0 1 2 3 4 5 6", "ok ok ok held held ok ok").expect(
        held=[(b, 0), (b, 1), (c, 0)], cells={judgement_key(1, "A"): [is_("met")]})

    s, server, start, one, a, b, c = removal(
        "refuse", "A refusal changes no state, and takes nothing from what is released beside it")
    s.hold(server.seal(release(one, b, field="refuse"), release(one, b, c, field="refuse"),
                       release(one, c), deps=[c]))
    s.arrive("0 1 2 3 4 5", "ok ok ok held held ok").expect(
        held=[(b, 0), (b, 1)], cells={judgement_key(1, "C"): [is_("met")]})

    s, server, start, one, a, b, c = removal(
        "release-by-two-authorities", "Where two releases stand side by side, both must release")
    other = s.authority(8)
    s.hold(server.seal(release(one, b, c), deps=[c]))
    s.hold(other.seal(release(one, c), deps=[start, c]))
    s.arrive("0 1 2 3 4 5 6", "ok ok ok held held ok ok").arrive(
        "0 1 2 3 4 6 5", "ok ok ok held held ok ok").expect(
        held=[(b, 0), (b, 1)], cells={judgement_key(1, "C"): [is_("met")]})

    s, server, start, one, a, b, c = removal(
        "release-under-a-chain", "Who built on held operations is not blocked, and meets them once released")
    two = s.device(2, 2)
    d = s.hold(two.seal(put("service", "name", "North"), deps=[start]))
    e = s.hold(one.seal(put("service", "name", "South", over=[[0, 1]]), add("comment", v={"text": "x"}),
                        deps=[d], who=[two]))
    name, reply = put("service", "name", "East", over=[[0, e.first]]), add("comment", [0, e.last])
    s.hold(two.seal(name, reply, deps=[a, e], who=[one]))
    s.hold(two.seal(put("service", "name", "West", over=[2])))
    s.arrive("0 1 2 3 4 5 6 7 8", "ok ok ok held held ok held ok ok", complete=False)
    s.hold(server.seal(release(one, (b.first, e.last, e))))
    s.arrive("0 1 2 3 4 5 6 7 8 9", "ok ok ok held held ok held ok ok ok").arrive(
        "0 1 2 9 3 4 5 6 7 8", "ok ok ok ok held held ok ok ok ok").expect(
        cells={"service|name||": ["West"]})

    s = begin("removal-after-an-overwrite",
              "A removal that comes after a removed person's overwrite brings the overwritten value back")
    server, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(two.seal(put("service", "name", "North"), resolve("met"), deps=[start]))
    b = s.hold(one.seal(put("service", "name", "South", over=[[0, 1]]),
                        resolve("not-met", over=[[0, 2]]), deps=[start, a], who=[two]))
    s.hold(server.seal(removed(1, [], over=[start.last - 1]), deps=[a]))
    resolution = is_("met", because="Seen together.")
    s.in_order().arrive("0 1 3 2", "ok ok ok held").expect(
        held=[(b, 0), (b, 1)],
        cells={"service|name||": ["North"], "standard:A1.2|resolution||": [resolution]})


def make_release_rules(begin):
    s = begin("release-of-a-stranger", "What a stranger wrote cannot be released")
    server, start = s.found()
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(judge(1), deps=[start]))
    b = s.hold(two.seal(judge(2), deps=[start]))
    s.hold(server.seal(release(one, a), removed(2, []), release(two, b), deps=[a, b]))
    s.arrive("0 1 2 3", "ok held held ok").expect(held=[(a, 0), (b, 0)])

    s = begin("release-of-a-revoked-device",
              "What a revoked device wrote and is released has its person's own role")
    server, start = s.found("observer")
    one = s.device(1, 1)
    s.hold(server.seal(revoked(one, [])))
    a = s.hold(one.seal(judge(1), add("comment", v={"text": "x"}), deps=[start]))
    s.hold(server.seal(release(one, a), deps=[a]))
    s.arrive("0 1 2 3", "ok ok held ok").arrive("0 2 1 3", "ok ok ok ok").expect(inert=[(a, 0, "role")])

    s = begin("release-removed-and-revoked", "A release takes out of a removal and a revocation at once")
    server, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1), deps=[start]))
    s.hold(server.seal(revoked(one, []), removed(1, [], over=[start.last])))
    s.hold(server.seal(release(one, a), deps=[a]))
    s.in_order().arrive("0 2 1 3", "ok ok held ok").expect(cells={judgement_key(1): [is_("met")]})

    s = begin("release-is-of-its-replica", "A release reaches the replica that it names and no other")
    server, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    s.hold(server.seal(removed(1, [], over=[start.last])))
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    b = s.hold(two.seal(judge(1, standard="B"), deps=[start]))
    s.hold(server.seal(release(one, a, (1, 1, b)), deps=[a, b]))
    s.arrive("0 1 2 3 4", "ok ok held held ok").expect(
        held=[(b, 0)], cells={judgement_key(1, "A"): [is_("met")]})

    s = begin("release-and-the-cut-of-a-role", "A release is nothing to the cut of a change of role")
    server, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    s.hold(server.seal(with_cut(1, "observer", [a], over=[start.last]), deps=[a]))
    b = s.hold(one.seal(judge(1, standard="B")))
    s.hold(server.seal(release(one, b), deps=[b]))
    s.in_order().arrive("0 1 3 2 4", "ok ok ok ok ok").expect(inert=[(b, 0, "role")])

    s = begin("release-values", "Releases, refusals and joins take their values, and only from the authority")
    server, start = s.found("lead")
    one = s.device(1, 1)
    half = text64(bytes(16))
    def said(value, field="release", where=one.name):
        return put("visit", field, value, s=where)
    bad = [said({"batches": []}), said({"because": "x"}), said({"batches": [[0, 1, half]], "because": "x"}),
           said({"batches": [[1, 1]], "because": "x"}), said({"batches": [[1, 1, "x"]], "because": "x"}),
           said({"batches": [[1, 1, half]], "because": ""}, "refuse"), said({"with": half}, "joined"),
           said({"with": "x", "because": "x"}, "joined"), with_cut(1, "peer", [])]
    bad[-1]["v"]["cut"] = [[half, 0, half]]
    a = s.hold(server.seal(*bad))
    b = s.hold(server.seal(said({"batches": []} | {"because": "x"}, where="x"),
                           said({"with": half, "because": "x"}, "joined", where="y")))
    good = {"batches": [[3, 1, half]], "because": "x", "more": True}
    c = s.hold(one.seal(said(good), said(good, "refuse"), said({"with": half, "because": "x"}, "joined"),
                        deps=[start]))
    s.hold(server.seal(said(good), said(good, "refuse"), said({"with": half, "because": "x"}, "joined")))
    s.in_order().expect(
        inert=[(a, i, "value") for i in range(len(bad))] + [(b, i, "slot") for i in range(2)]
        + [(c, i, "role") for i in range(3)])


def make_release_forks(begin):
    s = begin("release-of-a-branch", "A release of one branch leaves the other held, whatever its counters")
    server, start = s.found("peer")
    one = s.device(1, 1)
    t = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    x = s.hold(one.seal(judge(1, standard="X")))
    y = s.hold(one.seal(judge(1, standard="Y"), after=t))
    y2 = s.hold(one.seal(judge(1, standard="Z"), after=y))
    s.hold(server.seal(removed(1, [t], over=[start.last]), deps=[t]))
    s.hold(server.seal(release(one, (1, y2.last, y2))))
    s.arrive("0 1 2 3 4 5 6", "ok ok ok fork ok ok ok").arrive(
        "0 1 5 6 2 3 4", "ok ok ok ok held fork ok").expect(
        held=[(x, 0)], cells={judgement_key(1, k): [is_("met")] for k in "TYZ"})

    s = begin("release-of-the-trunk", "A release of the trunk reaches no branch")
    server, start = s.found("peer")
    one = s.device(1, 1)
    t = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    s.hold(server.seal(removed(1, [], over=[start.last])))
    s.hold(server.seal(release(one, (1, 1, t)), deps=[t]))
    x = s.hold(one.seal(judge(1, standard="X")))
    y = s.hold(one.seal(judge(1, standard="Y"), after=t))
    s.arrive("0 1 2 3 4 5", "ok ok ok ok held fork").expect(
        held=[(x, 0), (y, 0)], cells={judgement_key(1, "T"): [is_("met")]})


def make_successors(begin):
    s = begin("revoked-successor",
              "What a revoked device certified is revoked with a cut of its own, an empty one if it came later")
    server, start = s.found("peer")
    one = s.device(1, 1)
    known, later, enrolled = s.device(2, 1, by=one.key), s.device(3, 1, by=one.key), s.device(4, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    b = s.hold(known.seal(judge(1, standard="B"), deps=[start]))
    s.hold(server.seal(revoked(one, [a]), revoked(known, [b]), deps=[a, b]))
    c = s.hold(known.seal(judge(1, standard="C")))
    d = s.hold(later.seal(judge(1, standard="D"), deps=[start]))
    s.hold(server.seal(revoked(later, []), deps=[d]))
    s.hold(enrolled.seal(judge(1, standard="E"), deps=[start]))
    s.arrive("0 1 2 3 4 5 6 7", "ok ok ok ok held ok ok ok").arrive(
        "0 7 1 2 4 5 3 6", "ok ok ok ok ok ok ok ok").expect(
        held=[(c, 0), (d, 0)],
        cells={judgement_key(1, k): ([is_("met")] if k in "ABE" else []) for k in "ABCDE"})


def make_joins(begin):
    s = begin("joined", "Two who are one write each other's slots and what the other added")
    server, start = s.found("peer", "peer", "observer")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 3)
    a = s.hold(one.seal(judge(1), add("comment", v={"text": "x"}), deps=[start]))
    b = s.hold(two.seal(judge(1, "not-met", over=[[0, 1]]), put([0, 2], "text", "y", over=[[0, 2]]),
                        judge(2), deps=[start, a], who=[one]))
    c = s.hold(three.seal(judge(1), put([0, 2], "text", "z"), put("visit", "interest",
                          {"declares": "none"}, s=slot(2)), deps=[start, a], who=[one]))
    s.hold(server.seal(joined(1, 2)))
    s.in_order().arrive("0 4 1 3 2", "ok ok ok ok ok").expect(
        inert=[(c, 0, "slot"), (c, 1, "author"), (c, 2, "slot")],
        cells={judgement_key(1): [is_("not-met")], judgement_key(2): [is_("met")]})
    assert b and person(1) != person(2)

    s = begin("joined-in-a-row", "Joins make classes: in a row and in a ring all are one, each with their role")
    server, start = s.found("peer", "peer", "observer", "peer")
    d = s.device(3, 3)
    a = s.hold(d.seal(judge(1), put("visit", "interest", {"declares": "none"}, s=slot(1)),
                      put("visit", "interest", {"declares": "none"}, s=slot(4)), deps=[start]))
    s.hold(server.seal(joined(1, 2), joined(3, 2)))
    s.hold(server.seal(joined(2, 1)))
    s.in_order().arrive("0 2 1 3", "ok ok ok ok").expect(
        inert=[(a, 0, "role"), (a, 2, "slot")],
        cells={f"visit|interest|{slot(1)}|": [{"declares": "none"}]})

    s = begin("joined-taken-back", "A join with oneself takes an earlier one back")
    server, start = s.found("peer", "peer")
    a = s.hold(s.device(2, 2).seal(judge(1), deps=[start]))
    j = s.hold(server.seal(joined(1, 2)))
    s.hold(server.seal(joined(1, 1, over=[j.first])))
    s.in_order().arrive("0 2 3 1", "ok ok ok ok").expect(inert=[(a, 0, "slot")])

    s = begin("joined-by-two-authorities", "Where two authorities join somebody with different people, with nobody")
    server, start = s.found("peer", "peer", "peer")
    other = s.authority(8)
    a = s.hold(s.device(2, 2).seal(judge(1), deps=[start]))
    b = s.hold(s.device(3, 3).seal(judge(1), deps=[start]))
    s.hold(server.seal(joined(1, 2)))
    s.hold(other.seal(joined(1, 3), deps=[start]))
    s.in_order().expect(inert=[(a, 0, "slot"), (b, 0, "slot")])

    s = begin("joined-and-held", "Who is joined with a member is still held where they are no member")
    server, start = s.found("peer")
    a = s.hold(s.device(2, 2).seal(judge(1), judge(2), deps=[start]))
    s.hold(server.seal(joined(2, 1), put("visit", "joined", {"with": text64(bytes(16)), "because": "x"},
                                         s=slot(1))))
    s.arrive("0 1 2", "ok held ok").expect(held=[(a, 0), (a, 1)])
