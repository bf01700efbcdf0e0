"""Visits that go well: judgements, disagreement, choices, items."""

from scenario import Scenario, add, is_, judge, judgement_key, member, put, resolve, slot


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_judgements(begin)
    make_cells(begin)
    make_items(begin)


def make_judgements(begin):
    s = begin("founding", "The authority's first batch pins identity, title, framework and model")
    s.found("lead", "peer")
    s.arrive("0 0", "ok dup").expect(cells={"visit|model||": [1], "visit|title||": ["A visit"]})

    s = begin("one-judgement", "One reviewer judges one standard")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(judge(1), deps=[start]))
    s.in_order().expect(cells={judgement_key(1): [is_("met")]})

    s = begin("own-slot-sign", "`@` is the author's own slot, the same cell as the slot written out")
    _, start = s.found("peer")
    own = judge(1, "not-met", over=[1]) | {"s": "@"}
    s.hold(s.device(1, 1).seal(judge(1, "met"), own, deps=[start]))
    s.in_order().expect(cells={judgement_key(1): [is_("not-met")]})

    s = begin("two-reviewers-disagree", "Two reviewers who disagree keep a slot each, in any order")
    _, start = s.found("peer", "lay")
    s.hold(s.device(1, 1).seal(judge(1, "met"), deps=[start]))
    s.hold(s.device(2, 2).seal(judge(2, "not-met", value={"because": "No record seen."}), deps=[start]))
    s.in_order().arrive("0 2 1", "ok ok ok").expect(cells={
        judgement_key(1): [is_("met")], judgement_key(2): [is_("not-met", because="No record seen.")]})

    s = begin("self-conflict", "Concurrent values of one person on two devices are both kept")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(judge(1, "met"), deps=[start]))
    s.hold(s.device(2, 1).seal(judge(1, "not-met"), deps=[start]))
    s.in_order().arrive("0 2 1", "ok ok ok").expect(
        cells={judgement_key(1): [is_("met"), is_("not-met")]})

    s = begin("self-conflict-chosen", "A later choice with `over` replaces both concurrent values")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    s.hold(one.seal(judge(1, "met"), deps=[start]))
    b = s.hold(two.seal(judge(1, "not-met"), deps=[start]))
    s.hold(one.seal(judge(1, "not-met", over=[1, [0, 1]]), deps=[b], who=[two]))
    s.in_order().arrive("0 2 1 3", "ok ok ok ok").expect(cells={judgement_key(1): [is_("not-met")]})

    s = begin("over-names-one-of-two", "`over` removes exactly what it names: an unseen sibling stays")
    _, start = s.found("peer")
    one, two, three = s.device(1, 1), s.device(2, 1), s.device(3, 1)
    s.hold(one.seal(judge(1, "met"), deps=[start]))
    b = s.hold(two.seal(judge(1, "not-met"), deps=[start]))
    s.hold(three.seal(judge(1, "not-applicable", over=[[0, 1]]), deps=[start, b], who=[two]))
    s.in_order().arrive("0 2 3 1", "ok ok ok ok").expect(
        cells={judgement_key(1): [is_("met"), is_("not-applicable")]})

    s = begin("without-over", "A later value without `over` removes nothing, though its author saw it")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(judge(1, "met"), judge(1, "not-met"), deps=[start]))
    s.in_order().expect(cells={judgement_key(1): [is_("met"), is_("not-met")]})

    s = begin("withdrawn-judgement", "`not-judged` over a judgement is a value like others")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(judge(1), judge(1, "not-judged", over=[1]), deps=[start]))
    s.in_order().expect(cells={judgement_key(1): [is_("not-judged")]})

    s = begin("resolution-with-cites", "A resolution cites the judgements it considered")
    _, start = s.found("peer", "peer", "lead")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 3)
    a = s.hold(one.seal(judge(1, "met"), deps=[start]))
    b = s.hold(two.seal(judge(2, "not-met"), deps=[start]))
    c = s.hold(three.seal(resolve("not-met", cites=[[0, 1], [1, 1]]), deps=[a, b], who=[one, two]))
    s.hold(two.seal(resolve("met", cites=[1]), deps=[a]))
    s.hold(one.seal(resolve("met", over=[[0, 1]], cites=[1, [1, 1]]), deps=[b, c], who=[three, two]))
    s.in_order().arrive("0 1 2 4 3 5", "ok ok ok ok ok ok").expect(cells={
        "standard:A1.2|resolution||": [is_("met", because="Seen together.")] * 2})


def make_cells(begin):
    s = begin("over-is-of-its-cell", "`over` removes only in the cell that it is written to")
    _, start = s.found("peer")
    one = s.device(1, 1)
    item = f"#{one.name}.1"
    s.hold(one.seal(add("evidence", v={"title": "Rota", "status": "expected"}),
                    put(1, "status", "seen", over=[1]), deps=[start]))
    s.in_order().expect(cells={f"{item}|title||": ["Rota"], f"{item}|status||": ["seen"]})

    s = begin("clock-labels", "A clock label is the batch's plus the operation's, and decides nothing")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(
        judge(1, standard="A1", d=0), judge(1, standard="A2", d=-5), judge(1, "met", standard="A3", d=9),
        judge(1, "not-met", standard="A3", d=-9, over=[3]), deps=[start], t=5))
    s.in_order().expect(cells={judgement_key(1, "A3"): [is_("not-met")]})

    s = begin("order-of-siblings",
              "Siblings are in order of person, replica and counter, identifiers as decoded bytes")
    server, start = s.found("peer")
    start = s.hold(server.seal(member(12, "peer")))
    # Of these replicas and persons the characters of Text64 are in another order than the bytes.
    devices = [s.device(number, whose) for number, whose in ((14, 12), (29, 12), (17, 12), (11, 1))]
    assert sorted(devices, key=lambda d: d.name) != sorted(devices, key=lambda d: d.key.replica)
    for number, device in enumerate(devices):
        s.hold(device.seal(put("service", "name", f"Name {number}"), {"k": "shuffle"},
                           put("service", "name", f"Again {number}"), deps=[start]))
    s.arrive("0 1 2 3 4 5", "ok " * 6, complete=False)
    for _ in range(6):
        s.hold(device.seal({"k": "shuffle"}))
    s.in_order().arrive("0 1 5 4 3 2 6 7 8 9 10 11", "ok " * 12)
    found = [sibling[5] for sibling in dict(s.final["cells"])["service|name||"]]
    assert found == [f"{word} {n}" for n in (3, 0, 1, 2) for word in ("Name", "Again")], found
    marks = [h for h, _ in s.final["uninterpreted"]]
    assert marks != sorted(marks)
    s.expect(uninterpreted=[(batch, 1) for batch in s.batches[2:6]]
             + [(batch, 0) for batch in s.batches[6:]])

    s = begin("order-of-cells", "Cells are in order of their keys as bytes")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(
        *(judge(1, standard=i) for i in ("a", "B", "B.1", "B1", "~", "!", "A-1", "A_1", "A1")),
        deps=[start]))
    s.in_order().expect(cells={judgement_key(1, "!"): [is_("met")]})

    s = begin("plain-fields", "Plain fields of the service and scope decisions, concurrent and chosen")
    server, start = s.found("lead", "staff")
    a = s.hold(server.seal(put("service", "nation", "wales"), put("service", "provider", "A trust")))
    one, two = s.device(1, 1), s.device(2, 2)
    scope = {"is": False, "extent": "part", "reason": "modality-not-provided", "because": "No MRI."}
    s.hold(one.seal(put("service", "nation", "england", over=[[0, a.first]]),
                    put("standard:A1", "applicable", scope), deps=[start, a], who=[server]))
    s.hold(two.seal(put("visit", "interest", {"declares": "none"}, s=slot(2)), deps=[start]))
    s.hold(one.seal(put("visit", "assigned", {"standards": ["A1", "A2"]}, s=slot(2))))
    s.in_order().arrive("0 3 1 2 4", "ok ok ok ok ok").expect(cells={
        "service|nation||": ["england"], f"visit|assigned|{slot(2)}|": [{"standards": ["A1", "A2"]}]})

    s = begin("canonical-values", "Values enter the state as canonical JSON, unknown members included")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(
        judge(1, value={"z": [1, {"b": 2, "a": "\u0001\"\\\n\u007f é 🏥"}], "A": True}), deps=[start]))
    s.in_order().expect()

    s = begin("ignored-members", "Members that a kind does not use are ignored, whatever they hold")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(judge(1, by=7, to="x", side=3, after=[9, 9, 9], of=1, re=99), deps=[start]))
    s.in_order().expect(cells={judgement_key(1): [is_("met")]})


def make_items(begin):
    s = begin("locations", "A judgement at a location stands beside that of the whole standard")
    _, start = s.found("peer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    site = f"#{one.name}.1"
    a = s.hold(one.seal(add("location", "service", v={"name": "North", "kind": "satellite"}),
                        judge(1), judge(1, "not-met", l=1), deps=[start]))
    s.hold(two.seal(judge(2, l=[0, 1]), put([0, 1], "archived", {"because": "Closed."}),
                    deps=[start, a], who=[one]))
    s.in_order().expect(cells={
        judgement_key(1): [is_("met")], judgement_key(1, location=site): [is_("not-met")],
        judgement_key(2, location=site): [is_("met")], f"{site}|archived||": [{"because": "Closed."}],
        f"{site}|+||": [{"of": "location", "in": "service"}]})

    s = begin("evidence-and-comments", "Evidence with what it supports, a comment in it, a reply, archiving")
    _, start = s.found("peer", "observer", "lead")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 3)
    item, comment = f"#{one.name}.1", f"#{two.name}.1"
    a = s.hold(one.seal(add("evidence", v={
        "title": "Rota", "kind": "document", "status": "requested", "audience": "team",
        "supports/A1.2": True, "supports/B/2": False}), put(1, "supports", True, s="C3"), deps=[start]))
    b = s.hold(two.seal(add("comment", [0, 1], v={"text": "Which year?"}), deps=[start, a], who=[one]))
    s.hold(one.seal(add("comment", 1, re=[0, 1], v={"text": "This one.", "audience": "not-lay"}),
                    put(1, "archived", {"because": "Twice in the list."}), deps=[b], who=[two]))
    s.hold(three.seal(put([0, 1], "status", "seen", over=[[0, 1]]), deps=[start, a], who=[one]))
    s.hold(two.seal(put(1, "withdrawn", {}), put(1, "text", "Which edition?", over=[1])))
    s.in_order().arrive("0 1 4 2 5 3", "ok ok ok ok ok ok").expect(cells={
        f"{item}|supports|A1.2|": [True], f"{item}|supports|B/2|": [False],
        f"{item}|supports|C3|": [True], f"{item}|status||": ["seen"],
        f"{item}|archived||": [{"because": "Twice in the list."}],
        f"{comment}|+||": [{"of": "comment", "in": item}], f"{comment}|text||": ["Which edition?"],
        f"#{one.name}.3|+||": [{"of": "comment", "in": item, "re": comment}],
        f"{comment}|withdrawn||": [{}]})

    s = begin("comments-anywhere", "A comment stands in any record")
    _, start = s.found("lay")
    one = s.device(1, 1)
    records = ("visit", "service", "standard:A1.2", "suggestion:S1", "note:N1", "person:" + slot(1),
               "replica:" + one.name)
    s.hold(one.seal(*(add("comment", r, v={"text": r}) for r in records), deps=[start]))
    s.in_order().expect(cells={f"#{one.name}.5|+||": [{"of": "comment", "in": "note:N1"}]})

    s = begin("successor-certified", "A successor that its predecessor certified writes for the same person")
    _, start = s.found("peer")
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1), deps=[start]))
    two = s.device(2, 1, by=one.key)
    s.hold(two.seal(judge(1, "not-met", over=[[0, 1]]), deps=[start, a], who=[one]))
    s.in_order().expect(cells={judgement_key(1): [is_("not-met")]})
