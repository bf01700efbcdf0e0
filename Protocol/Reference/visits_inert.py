"""Visits with operations that take no effect: inert for each reason, and uninterpreted."""

from authoring import VISIT, seeded, text64
from scenario import Scenario, add, is_, judge, judgement_key, put, resolve, slot

MAX = 9_007_199_254_740_991


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_references(begin)
    make_slots(begin)
    make_unknown(begin)
    make_shapes(begin)
    make_values(begin)
    make_records(begin)
    make_rights(begin)


def one_batch(begin, slug, what, operations, reason, role="peer", good=0):
    """A visit whose reviewer writes `good` effective operations, then some that are inert."""
    s = begin(slug, what)
    _, start = s.found(role, "peer")
    a = s.hold(s.device(1, 1).seal(*operations, deps=[start]))
    s.in_order().expect(inert=[(a, i, reason) for i in range(good, len(operations))])


def make_references(begin):
    s = begin("over-outside-past", "`over` that names what its author had not received is inert")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    s.hold(one.seal(judge(1), deps=[start]))
    b = s.hold(two.seal(judge(1, "not-met", over=[[0, 1]]), deps=[start], who=[one]))
    s.in_order().arrive("0 2 1", "ok ok ok").expect(
        inert=[(b, 0, "reference")], cells={judgement_key(1): [is_("met")]})

    s = begin("over-beyond-past", "A reference reaches no further than the batch that the past holds")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    a = s.hold(one.seal(judge(1), deps=[start]))
    s.hold(one.seal(judge(1, "not-met", over=[1])))
    b = s.hold(two.seal(judge(1, over=[[0, 2]]), judge(1, "not-applicable", over=[[0, 1]]),
                        deps=[start, a], who=[one]))
    s.in_order().arrive("0 1 3 2", "ok ok ok ok").expect(
        inert=[(b, 0, "reference")],
        cells={judgement_key(1): [is_("not-met"), is_("not-applicable")]})

    s = begin("references-that-do-not-resolve", "References to the future, to nobody and to nothing are inert")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    b = s.hold(one.seal(
        judge(1), judge(1, over=[2]), judge(1, over=[9]), judge(1, over=[0]), judge(1, over=[-1]),
        judge(1, over=[[1, 1]]), judge(1, over=[[-1, 1]]), judge(1, over=[[0, 1]]),
        judge(1, over=[1, MAX]), resolve("met", cites=[99]), judge(1, l=99), put(99, "status", "seen"),
        add("comment", 99), add("comment", "visit", re=99), judge(1, was=[5, 1]), judge(1, was=3),
        put("visit", "summary", 0) | {"k": "ins", "side": "L", "v": {}, "after": 99},
        deps=[start], who=[two]))
    s.in_order().expect(inert=[(b, i, "reference") for i in range(1, 17)],
                        cells={judgement_key(1): [is_("met")]})

    s = begin("inert-removes-nothing", "An inert operation removes nothing, and may itself be referred to")
    _, start = s.found("peer")
    b = s.hold(s.device(1, 1).seal(
        judge(1), judge(1, "perhaps", over=[1]), judge(1, "not-met", over=[2]), deps=[start]))
    s.in_order().expect(inert=[(b, 1, "value")],
                        cells={judgement_key(1): [is_("met"), is_("not-met")]})


def make_slots(begin):
    s = begin("wrong-slot-owner", "A judgement in another person's slot is inert")
    _, start = s.found("peer", "lead")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(judge(1), deps=[start]))
    b = s.hold(two.seal(judge(1, "not-met", over=[[0, 1]]), judge(2, "not-met"), deps=[start, a],
                        who=[one]))
    s.in_order().expect(inert=[(b, 0, "slot")],
                        cells={judgement_key(1): [is_("met")], judgement_key(2): [is_("not-met")]})

    no_slot = judge(1)
    del no_slot["s"]
    one_batch(begin, "slots", "Slots and locations stand where the registry has them, in its form", [
        add("location", "service"), no_slot, judge(1) | {"s": slot(1)[:-1]}, judge(1) | {"s": "lead"},
        put("service", "name", "North", s="x"), put("service", "name", "North", l=1),
        resolve("met", s=slot(1)), put("visit", "interest", {"declares": "none"}),
        put("visit", "interest", {"declares": "none"}, s=slot(2)),
        add("evidence", v={"supports": True}), add("evidence", v={"title/x": "Rota"}),
        add("evidence", v={"supports/A:1": True}),
    ], "slot", good=1)


def make_unknown(begin):
    s = begin("unknown-kind", "An operation of an unknown kind is uninterpreted and enters the digest")
    _, start = s.found("peer")
    a = s.hold(s.device(1, 1).seal(
        {"k": "shuffle", "at": 7, "by": [[]]}, judge(1), {"k": ""}, deps=[start]))
    s.in_order().expect(uninterpreted=[(a, 0), (a, 2)], cells={judgement_key(1): [is_("met")]})

    s = begin("item-of-unknown-kind", "What names an item made by an unknown kind is uninterpreted")
    _, start = s.found("peer")
    a = s.hold(s.device(1, 1).seal(
        {"k": "shuffle"}, put(1, "title", "Rota"), add("comment", 1), judge(1, l=1), deps=[start]))
    s.in_order().expect(uninterpreted=[(a, i) for i in range(4)])

    one_batch(begin, "unknown-field", "An unknown field of a known record is inert", [
        put("visit", "weather", "wet"), put("standard:A1", "judgment", is_("met"), s=slot(1)),
        put("service", "title", "x"), put("note:N1", "text", "x"), put("suggestion:S1", "heard", 1),
        put("person:P", "name", "x"), put("replica:R", "name", "x"), add("evidence", v={"colour": "red"}),
        {"k": "inc", "at": "visit", "f": "title", "by": 1},
        {"k": "fix", "at": "service", "f": "name", "to": 0, "v": {"because": "x"}},
        {"k": "ins", "at": "visit", "f": "title", "side": "R", "v": {}},
    ], "field")

    s = begin("reserved-rows", "Rows that model 1 does not interpret are uninterpreted")
    _, start = s.found("lead")
    reserved = [
        put("visit", "stage", "open"), put("visit", "award", {"awarded": True}),
        put("service", "modality", True, s="CT"), put("standard:A1", "interval", {}),
        put("suggestion:S1", "seen", {"is": "seen"}), add("tally", "standard:A1"),
        {"k": "inc", "at": 6, "f": "confirmed", "by": 1}, add("enquiry", v={"text": 5}),
        {"k": "fix", "at": 6, "f": "confirmed", "to": 3, "over": [7], "v": {"because": "Counted twice."}},
        {"k": "ins", "at": "visit", "f": "summary", "side": "R", "v": {"text": "One."}},
        {"k": "ins", "at": "visit", "f": "summary", "after": 10, "side": "L", "v": {"text": "None."}},
        put(10, "text", "Two."), add("comment", 6, v={"text": "Who counted?"}), put(8, "nothing", 1)]
    a = s.hold(s.device(1, 1).seal(*reserved, deps=[start]))
    s.in_order().expect(uninterpreted=[(a, i) for i in range(len(reserved))])


def make_shapes(begin):
    def without(operation, *names):
        return {k: v for k, v in operation.items() if k not in names}

    ins = {"k": "ins", "at": "visit", "f": "summary", "side": "R", "v": {}}
    fix = {"k": "fix", "at": "visit", "f": "x", "to": 0, "v": {"because": "x"}}
    inc = {"k": "inc", "at": "visit", "f": "x", "by": 1}
    one_batch(begin, "shapes", "A wrong type, range or form, or a missing member, is inert", [
        {}, {"k": 1}, {"k": True}, without(judge(1), "at"), without(judge(1), "f"), without(judge(1), "v"),
        judge(1) | {"at": True}, judge(1) | {"at": {}}, judge(1) | {"at": []}, judge(1) | {"at": [0]},
        judge(1) | {"at": [0, 1, 2]}, judge(1) | {"at": ["0", 1]}, judge(1) | {"at": ""},
        judge(1) | {"at": "Visit"}, judge(1) | {"at": "standard:"}, judge(1) | {"at": "standard:a|b"},
        judge(1) | {"at": "standard:a:b"}, judge(1) | {"at": "standard:é"},
        judge(1) | {"at": "standard:a b"}, judge(1) | {"at": "standard:" + "x" * 97},
        judge(1) | {"f": ""}, judge(1) | {"f": "Judgement"}, judge(1) | {"f": "x" * 33},
        judge(1) | {"f": "+"}, judge(1) | {"s": ""}, judge(1) | {"s": 1}, judge(1) | {"s": "a|b"},
        judge(1) | {"s": "a b"}, judge(1) | {"s": "x" * 97}, judge(1, l="x"), judge(1, l=True),
        judge(1, over=1), judge(1, over=["1"]), judge(1, over=[[1]]), judge(1, over={}),
        judge(1, cites=1), judge(1, cites=[False]), judge(1, d="1"), judge(1, d=MAX), judge(1, was="x"),
        judge(1, was=[0, "1"]),
    ], "shape")
    one_batch(begin, "shapes-of-other-kinds", "Members of `add`, `inc`, `fix` and `ins` have their form too", [
        {"k": "add"}, {"k": "add", "of": "evidence", "in": "visit"}, add("evidence", v=[]), add(""),
        add("Evidence"), add(3), add("evidence", True), add("evidence", "a b"), add("evidence", re="x"),
        add("evidence", v={"Title": "x"}), add("evidence", v={"supports/": True}),
        add("evidence", v={"supports/a|b": True}), add("evidence", v={"/x": True}), add("evidence", cites=3),
        without(inc, "by"), inc | {"by": 0}, inc | {"by": 1_000_001}, inc | {"by": -1_000_001},
        inc | {"by": "1"}, without(inc, "f"), without(fix, "to"), fix | {"to": -1}, without(fix, "v"),
        fix | {"v": {}}, fix | {"v": "x"}, fix | {"v": {"because": 1}}, fix | {"over": 7},
        without(ins, "side"), ins | {"side": "X"}, without(ins, "v"), ins | {"v": "x"},
        ins | {"after": "x"}, without(ins, "at"),
    ], "shape")
    one_batch(begin, "references-513", "`over` and `cites` hold 512 references each, and no more", [
        judge(1), judge(1, over=[1] * 512, cites=[1] * 512), judge(1, over=[1] * 513),
        judge(1, cites=[1] * 513)], "shape", good=2)
    s = begin("clock-beyond", "A clock label beyond the range of integers is inert, at both ends")
    _, start = s.found("peer")
    a = s.hold(s.device(1, 1).seal(judge(1, d=1), judge(1, d=0), judge(1, d=-MAX), deps=[start], t=MAX))
    b = s.hold(s.device(2, 1).seal(judge(1, d=-1), judge(1, d=MAX), deps=[start], t=-MAX))
    s.in_order().expect(inert=[(a, 0, "shape"), (b, 0, "shape")])


def make_values(begin):
    def judged(**value):
        return judge(1) | {"v": {k: v for k, v in (is_("met") | value).items() if v != ()}}

    def scoped(**value):
        return put("standard:A1", "applicable",
                   {"is": True, "extent": "whole", "because": "Agreed."} | value)

    one_batch(begin, "values", "A value that breaks the registry is inert", [
        judge(1) | {"v": "met"}, judged(**{"is": "pass"}), judged(under=()), judged(under=""),
        judged(because=""), judged(because=7), judged(reason="tired"), judged(part=True),
        judged(because="x" * 8193), judged(because="é" * 4097), resolve("met") | {"v": is_("met")},
        resolve("maybe"), scoped(**{"is": "yes"}), scoped(extent="half"), scoped(because=""),
        put("service", "name", ""), put("service", "nation", "atlantis"),
        put("visit", "interest", {"declares": []}, s=slot(1)), add("location", "service", v={"kind": "tent"}),
        add("location", "service", v={"name": 4}), add("evidence", v={"status": "lost"}),
        add("evidence", v={"supports/A1": 1}), add("evidence", v={"archived": {}}),
        add("comment", v={"audience": "everyone"}), add("comment", v={"text": ""}),
        add("comment", v={"withdrawn": True}),
    ], "value")

    s = begin("values-of-the-authority", "The authority's values are checked like others")
    server, _ = s.found("peer")
    a = s.hold(server.seal(*(put("visit", f, v) for f, v in [
        ("title", ""), ("model", 0), ("model", "1"), ("framework", {"id": "x", "edition": "y"}),
        ("framework", {"id": "x", "edition": "y", "hash": "AAAA"}), ("identity", {"key": "AAAA"})]),
        *(put("visit", "member", v, s=slot(2)) for v in [
            {"role": "peer"}, {"role": "chair", "name": "x"}, {"role": "none"},
            {"role": "none", "cut": [[server.name, 1]]}, {"role": "none", "cut": [[server.name, 0, "A" * 22]]}]),
        put("visit", "revoked", {"cut": []}, s=server.name)))
    s.in_order().expect(inert=[(a, i, "value") for i in range(12)])

    s = begin("values-at-the-limit", "Text reaches 8,192 bytes; `not-applicable` needs no reason")
    _, start = s.found("peer")
    s.hold(s.device(1, 1).seal(
        judge(1, value={"because": "x" * 8192}), judge(1, value={"because": "é" * 4096}, standard="A2"),
        judge(1, "not-applicable", standard="A3", value={"part": "CT only"}),
        judge(1, "not-applicable", standard="A4", value={"reason": "outside-scope"}), deps=[start]))
    s.in_order().expect(cells={judgement_key(1, "A3"): [is_("not-applicable", part="CT only")]})


def make_records(begin):
    add_without_in = {"k": "add", "of": "evidence", "v": {}}
    one_batch(begin, "records", "A record that does not exist, or not there, is inert", [
        judge(1), add("evidence"), put("standard", "applicable", True), put("visit:1", "title", "x"),
        put("service:1", "name", "x"), put("note", "text", "x"), put("clause:1", "judgement", is_("met")),
        add("zebra"), add_without_in, add("evidence", "service"), add("evidence", 2), add("location"),
        add("location", 2), add("comment", "clause:1"), put(1, "title", "x"), add("comment", 1),
        add("comment", re=1), judge(1, l=1), judge(1, l=2)], "record", good=2)

    s = begin("item-of-an-inert-add", "An item whose `add` is inert does not exist")
    _, start = s.found("observer", "peer")
    one, two = s.device(1, 1), s.device(2, 2)
    a = s.hold(one.seal(add("evidence", v={"title": "Rota"}), add("comment", 1), deps=[start]))
    b = s.hold(two.seal(put([0, 1], "title", "Rota"), add("comment", [0, 1]), deps=[start, a], who=[one]))
    s.in_order().expect(inert=[(a, 0, "role"), (a, 1, "record"), (b, 0, "record"), (b, 1, "record")])


def make_rights(begin):
    team = [judge(1), resolve("met"), put("service", "name", "North"), add("location", "service"),
            add("evidence"), put("standard:A1", "applicable",
                                 {"is": True, "extent": "whole", "because": "Agreed."})]
    for role in ("observer", "staff"):
        own = [add("comment"), put("visit", "interest", {"declares": "none"}, s=slot(1))]
        one_batch(begin, f"role-{role}", f"A person with role {role} comments, but neither judges nor adds",
                  own + team, "role", role, good=2)
    for role in ("peer", "lay"):
        one_batch(begin, f"role-{role}", f"A person with role {role} judges; only a lead assigns",
                  team + [put("visit", "assigned", {"standards": ["A1"]}, s=slot(1))], "role", role, good=6)
    one_batch(begin, "authority-fields", "What only the authority writes is inert from others", [
        put("visit", "title", "Mine"), put("visit", "model", 2),
        put("visit", "framework", {"id": "x", "edition": "y", "hash": text64(seeded("x", 32))}),
        put("visit", "member", {"role": "lead", "name": "Me"}, s=slot(1)),
        put("visit", "revoked", {"cut": [], "because": "x"}, s=text64(VISIT))], "role", "lead")

    s = begin("authority-judges-nothing", "The authority writes its own fields and no others")
    server, _ = s.found("peer")
    a = s.hold(server.seal(judge(1), resolve("met"), add("evidence"), add("comment"),
                           put("service", "name", "North"), put("visit", "assigned", {"standards": []}, s=slot(1))))
    s.in_order().expect(inert=[(a, 0, "slot"), *((a, i, "role") for i in (1, 2, 3, 5))])

    s = begin("comment-of-another", "A comment is edited by its author only, on any of the author's devices")
    _, start = s.found("lead", "peer")
    one, two, three = s.device(1, 1), s.device(2, 2), s.device(3, 1)
    a = s.hold(one.seal(add("comment", v={"text": "One."}), deps=[start]))
    b = s.hold(two.seal(put([0, 1], "text", "Two.", over=[[0, 1]]), put([0, 1], "withdrawn", {}),
                        deps=[start, a], who=[one]))
    s.hold(three.seal(put([0, 1], "text", "Three.", over=[[0, 1]]), deps=[start, a], who=[one]))
    s.in_order().expect(inert=[(b, 0, "author"), (b, 1, "author")],
                        cells={f"#{one.name}.1|text||": ["Three."]})
