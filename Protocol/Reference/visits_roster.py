"""Visits in which the authority decides what has effect: roles, removal, revocation."""

from scenario import (Scenario, add, is_, judge, judgement_key, member, put, removed, resolve, slot)


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_members(begin)
    make_removals(begin)
    make_revocations(begin)
    make_authorities(begin)


def make_members(begin):
    s = begin("roster-after-operations",
              "A roster change that arrives late gives effect to what came before it")
    server, start = s.found("peer")
    s.hold(s.device(2, 2).seal(judge(2), deps=[start]))
    s.hold(server.seal(member(2, "peer")))
    s.arrive("0 1 2", "ok held ok").arrive("0 2 1", "ok ok ok").expect(
        cells={judgement_key(2): [is_("met")]})

    s = begin("unknown-person",
              "A person who never was a member has no effect; who built on that is not blocked")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(two.seal(judge(2), add("comment"), {"k": "shuffle"}, {}, deps=[start]))
    b = s.hold(one.seal(judge(1), put([0, 2], "text", "x"), add("comment", [0, 2]), judge(1, l=[0, 3]),
                        deps=[start, a], who=[two]))
    s.arrive("0 1 2", "ok held ok").expect(
        held=[(a, i) for i in range(4)], inert=[(b, i, "record") for i in range(1, 4)],
        cells={judgement_key(1): [is_("met")], judgement_key(2): []})

    s = begin("held-removes-nothing", "A held operation removes nothing")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(put("service", "name", "North"), deps=[start]))
    b = s.hold(two.seal(put("service", "name", "South", over=[[0, 1]]), deps=[start, a], who=[one]))
    s.arrive("0 1 2", "ok ok held").expect(held=[(b, 0)], cells={"service|name||": ["North"]})

    s = begin("role-narrowed",
              "A role that the authority changes holds for the whole set, earlier operations included")
    server, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1), add("comment", v={"text": "x"}), deps=[start]))
    s.hold(server.seal(member(1, "observer", over=[start.last]), deps=[a]))
    s.arrive("0 1 2", "ok ok ok").expect(inert=[(a, 0, "role")], cells={judgement_key(1): []})

    s = begin("role-widened", "A lead's rights reach back to what the person wrote as a peer")
    server, start = s.found("peer")
    assigned = put("visit", "assigned", {"standards": ["A1"]}, s=slot(1))
    s.hold(s.device(1, 1).seal(assigned, deps=[start]))
    s.hold(server.seal(member(1, "lead", over=[start.last])))
    s.in_order().arrive("0 2 1", "ok ok ok").expect(
        cells={f"visit|assigned|{slot(1)}|": [{"standards": ["A1"]}]})


def make_removals(begin):
    def removal(slug, what, late_device=1):
        s = begin(slug, what)
        server, start = s.found("peer", "peer")
        one = s.device(1, 1)
        last = one if late_device == 1 else s.device(late_device, 1)
        a = s.hold(one.seal(judge(1), judge(1, standard="B"), deps=[start]))
        s.hold(server.seal(removed(1, [a], over=[start.last - 1]), deps=[a]))
        b = s.hold(last.seal(judge(1, "not-met", over=[1 if last is one else [0, 1]]),
                             deps=[] if last is one else [start, a], who=[] if last is one else [one]))
        s.arrive("0 1 2 3", "ok ok ok held").arrive("0 1 3 2", "ok ok ok ok")
        s.expect(held=[(b, 0)], cells={judgement_key(1): [is_("met")], judgement_key(1, "B"): [is_("met")]})

    removal("removal-with-cut", "Removal holds what is outside its cut, whichever arrives first")
    removal("removal-other-device", "A replica that the cut does not name is outside it", 3)

    s = begin("removal-chain", "A cut takes in the whole chain of the batch that it names")
    server, start = s.found("peer")
    one = s.device(1, 1)
    s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    s.hold(one.seal(judge(1, standard="B")))
    a = s.hold(one.seal(judge(1, standard="C")))
    b = s.hold(one.seal(judge(1, standard="D")))
    s.hold(server.seal(removed(1, [a], over=[start.last]), deps=[a]))
    s.arrive("0 1 2 3 4 5", "ok ok ok ok ok ok").arrive("0 1 2 3 5 4", "ok ok ok ok ok held").expect(
        held=[(b, 0)], cells={judgement_key(1, "A"): [is_("met")], judgement_key(1, "D"): []})

    s = begin("removal-with-empty-cut", "An empty cut holds everything of the person")
    server, start = s.found("peer")
    a = s.hold(s.device(1, 1).seal(judge(1), deps=[start]))
    s.hold(server.seal(removed(1, [], over=[start.last])))
    s.arrive("0 1 2", "ok ok ok").arrive("0 2 1", "ok ok held").expect(held=[(a, 0)])

    s = begin("removal-keeps-role", "Inside the cut, the role that the removal replaced still counts")
    server, start = s.found("observer")
    a = s.hold(s.device(1, 1).seal(add("comment", v={"text": "x"}), resolve("met"), deps=[start]))
    s.hold(server.seal(removed(1, [a], over=[start.last]), deps=[a]))
    s.in_order().expect(inert=[(a, 1, "role")])

    s = begin("removal-of-a-stranger", "A removal that replaced no membership makes nobody a member")
    server, start = s.found()
    a = s.hold(s.device(1, 1).seal(judge(1), deps=[start]))
    s.hold(server.seal(removed(1, [a]), deps=[a]))
    s.arrive("0 1 2", "ok held ok").expect(held=[(a, 0)])

    s = begin("member-again", "Membership given again over a removal releases what the cut held")
    server, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1), deps=[start]))
    r = s.hold(server.seal(removed(1, [a], over=[start.last]), deps=[a]))
    s.hold(one.seal(judge(1, "not-met", over=[1])))
    s.hold(server.seal(member(1, "peer", over=[r.first])))
    s.arrive("0 1 2 3 4", "ok ok ok held ok").arrive("0 1 2 4 3", "ok ok ok ok ok").expect(
        cells={judgement_key(1): [is_("not-met")]})

    s = begin("held-over-released-sibling", "What a held operation would have replaced stays beside later work")
    server, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(put("service", "name", "North"), deps=[start]))
    b = s.hold(one.seal(put("service", "name", "South", over=[1])))
    s.hold(two.seal(put("service", "name", "East", over=[[0, 2]]), deps=[start, b], who=[one]))
    s.hold(server.seal(removed(1, [a], over=[start.last - 1]), deps=[a]))
    s.in_order().expect(held=[(b, 0)], cells={"service|name||": ["North", "East"]})


def make_revocations(begin):
    def revoked(device, cut, **more):
        return put("visit", "revoked", {"cut": [b.dep for b in cut], "because": "Lost."},
                   s=device.name, **more)

    s = begin("revoked-replica",
              "Revocation holds one replica's operations outside the cut, the person's others stand")
    server, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    s.hold(server.seal(revoked(one, [a]), deps=[a]))
    b = s.hold(one.seal(judge(1, standard="B")))
    s.hold(two.seal(judge(1, standard="C"), deps=[start]))
    s.arrive("0 1 2 3 4", "ok ok ok held ok").arrive("0 4 1 3 2", "ok ok ok ok ok").expect(
        held=[(b, 0)], cells={judgement_key(1, "A"): [is_("met")], judgement_key(1, "C"): [is_("met")]})

    s = begin("revoked-twice", "Where two revocations stand side by side, both cuts bind")
    server, other = s.found("peer")[0], s.authority(8)
    start = s.batches[0]
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    b = s.hold(one.seal(judge(1, standard="B")))
    s.hold(server.seal(revoked(one, [b]), deps=[b]))
    s.hold(other.seal(revoked(one, [a]), deps=[start, a]))
    s.in_order().expect(held=[(b, 0)], cells={judgement_key(1, "A"): [is_("met")]})

    s = begin("revocation-replaced", "A revocation written over another is the one that counts")
    server, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    b = s.hold(one.seal(judge(1, standard="B")))
    r = s.hold(server.seal(revoked(one, []), deps=[a]))
    s.hold(server.seal(revoked(one, [b], over=[r.first]), deps=[b]))
    s.in_order().expect(cells={judgement_key(1, "B"): [is_("met")]})


def make_authorities(begin):
    s = begin("two-authorities-narrowest",
              "Where concurrent authority replicas disagree on a role, the narrowest right holds")
    server, start = s.found("peer")
    other = s.authority(8)
    a = s.hold(s.device(1, 1).seal(judge(1), add("comment"), deps=[start]))
    s.hold(server.seal(member(1, "lead", over=[start.last])))
    s.hold(other.seal(member(1, "observer", over=[[0, start.last]]), deps=[start], who=[server]))
    s.in_order().arrive("0 3 1 2", "ok ok ok ok").expect(inert=[(a, 0, "role")])

    s = begin("two-authorities-removal",
              "A removal by one authority replica holds although another keeps the member")
    server, start = s.found("peer")
    other = s.authority(8)
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1, standard="A"), deps=[start]))
    b = s.hold(one.seal(judge(1, standard="B")))
    s.hold(server.seal(member(1, "lead", over=[start.last])))
    s.hold(other.seal(removed(1, [a], over=[[0, start.last]]), deps=[start, a], who=[server]))
    s.in_order().expect(held=[(b, 0)], cells={judgement_key(1, "A"): [is_("met")]})

    s = begin("authority-siblings",
              "Titles of two authority replicas stand side by side with the person of zero bytes")
    server, start = s.found()
    other = s.authority(8)
    s.hold(other.seal(put("visit", "title", "Other"), deps=[start]))
    s.in_order().expect(cells={"visit|title||": ["A visit", "Other"]})
