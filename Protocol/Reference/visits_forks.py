"""Visits with forks, branches, and successors that carry `was` (sections 3.6, 3.7, 4.2)."""

from authoring import CLOCK, text64
from scenario import Scenario, add, is_, judge, judgement_key, put


def make(kind):
    def begin(slug, what):
        return Scenario(kind, slug, what)

    make_forks(begin)
    make_equal(begin)
    make_references(begin)
    make_moved(begin)
    make_collisions(begin)


def forked(begin, slug, what, left, right, *roles):
    """A device seals a trunk batch, then two batches behind it. Gives all that a test may need."""
    s = begin(slug, what)
    _, start = s.found(*roles or ("peer", "peer"))
    one = s.device(1, 1)
    trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    x = s.hold(one.seal(*left))
    y = s.hold(one.seal(*right, after=trunk))
    return s, start, one, trunk, x, y


def make_forks(begin):
    s, *_ = forked(begin, "fork-unequal", "Both branches of a fork have effect as concurrent work",
                   [judge(1, "met", over=[1], standard="T")], [judge(1, "not-met", over=[1], standard="T")])
    s.arrive("0 1 2 3 2 3", "ok ok ok fork dup dup").arrive("0 1 3 2", "ok ok ok fork").expect(
        cells={judgement_key(1, "T"): [is_("met"), is_("not-met")]})

    s = begin("fork-at-number-1", "Two first batches are a fork without a trunk")
    _, start = s.found("peer")
    one = s.device(1, 1)
    s.hold(one.seal(judge(1, "met"), deps=[start]))
    s.hold(one.seal(judge(1, "not-met"), deps=[start], after=None))
    s.arrive("0 1 2", "ok ok fork").arrive("0 2 1", "ok ok fork").expect(
        cells={judgement_key(1): [is_("met"), is_("not-met")]})

    s, start, one, trunk, x, y = forked(
        begin, "fork-goes-on", "A branch goes on behind its first batch", [judge(1, standard="X")],
        [judge(1, standard="Y")])
    x2 = s.hold(one.seal(judge(1, "not-met", standard="X", over=[2]), after=x))
    s.hold(one.seal(judge(1, "not-met", standard="Y", over=[2]), after=y))
    s.arrive("0 1 2 3 4 5", "ok ok ok fork ok ok").arrive("0 1 3 5 2 4", "ok ok ok ok fork ok").expect(
        cells={judgement_key(1, "X"): [is_("not-met")], judgement_key(1, "Y"): [is_("not-met")]})
    assert x2.number == 3

    s, start, one, trunk, x, y = forked(
        begin, "fork-of-a-branch", "A branch that forks names its parts by their own first batches",
        [judge(1, standard="X")], [judge(1, standard="Y")])
    s.hold(one.seal(judge(1, "met", standard="Z"), after=x))
    s.hold(one.seal(judge(1, "not-met", standard="Z"), after=x))
    s.arrive("0 1 2 3 4 5", "ok ok ok fork ok fork").arrive("0 1 2 5 4 3", "ok ok ok ok fork fork").expect(
        cells={judgement_key(1, "Z"): [is_("met"), is_("not-met")]})

    s = begin("fork-held", "`fork` goes before `held`")
    _, start = s.found()
    one = s.device(1, 1)
    a = s.hold(one.seal(judge(1), deps=[start]))
    b = s.hold(one.seal(judge(1, "not-met"), deps=[start], after=None))
    s.arrive("0 1 2", "ok held fork").expect(held=[(a, 0), (b, 0)])

    s, start, one, trunk, x, y = forked(
        begin, "fork-items", "Items of branches have the branch in their names",
        [add("evidence", v={"title": "X"})], [add("evidence", v={"title": "Y"}), add("comment", 2)])
    s.arrive("0 1 3 2", "ok ok ok fork").expect(cells={
        f"#{one.name}.2.{text64(x.hash[:8])}|title||": ["X"],
        f"#{one.name}.3.{text64(y.hash[:8])}|+||": [
            {"of": "comment", "in": f"#{one.name}.2.{text64(y.hash[:8])}"}]})


def make_equal(begin):
    first = add("evidence", v={"title": "Rota"})
    s, start, one, trunk, x, y = forked(
        begin, "fork-equal-and-unequal", "Equal content at the same counter on both branches is one operation",
        [first, put(2, "status", "seen"), judge(1, standard="X")],
        [first, put(2, "status", "seen"), judge(1, standard="Y")])
    item = f"#{one.name}.2.{text64(min(x.hash[:8], y.hash[:8]))}"
    s.arrive("0 1 2 3", "ok ok ok fork").arrive("0 1 3 2", "ok ok ok fork").expect(cells={
        f"{item}|title||": ["Rota"], f"{item}|status||": ["seen"],
        judgement_key(1, "X"): [is_("met")], judgement_key(1, "Y"): [is_("met")]})
    assert len([k for k, _ in s.final["cells"] if "|+|" in k]) == 1

    s, start, one, trunk, x, y = forked(
        begin, "fork-equal-by-meaning",
        "Content is compared by what it means: clock label, references, order of members",
        [judge(1, over=[1], standard="T", d=7)], [judge(1, standard="Y")])
    s.batches.pop()
    z = s.hold(one.seal(
        dict(reversed(judge(1, over=[[1, 1]], standard="T").items())), judge(1, standard="Y"), after=trunk,
        t=CLOCK + 7, who=["A" * 22, one]))
    s.arrive("0 1 2 3", "ok ok ok fork").expect(cells={judgement_key(1, "T"): [is_("met")]})
    assert z.branch != x.branch

    s, start, one, trunk, x, y = forked(
        begin, "fork-other-clock", "Equal members with another clock label are two operations",
        [judge(1, standard="X")], [judge(1, standard="X", d=1)])
    s.arrive("0 1 2 3", "ok ok ok fork").expect(cells={judgement_key(1, "X"): [is_("met"), is_("met")]})

    s = begin("fork-equal-over", "What removes one of two equal operations removes it on both branches")
    _, start = s.found("peer")
    one, two = s.device(1, 1), s.device(2, 1)
    trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    x = s.hold(one.seal(judge(1), judge(1, standard="X")))
    s.hold(one.seal(judge(1), judge(1, standard="Y"), after=trunk))
    s.hold(two.seal(judge(1, "not-met", over=[[0, 2]]), deps=[start, x], who=[one]))
    s.arrive("0 1 2 3 4", "ok ok ok fork ok").arrive("0 1 2 4 3", "ok ok ok ok fork").expect(
        cells={judgement_key(1): [is_("not-met")]})

    s, start, one, trunk, x, y = forked(
        begin, "fork-uninterpreted", "Uninterpreted operations are counted by batch, equal or not",
        [{"k": "shuffle"}], [{"k": "shuffle"}, judge(1)])
    s.arrive("0 1 2 3", "ok ok ok fork").expect(uninterpreted=[(x, 0), (y, 0)])

    s, start, one, trunk, x, y = forked(
        begin, "fork-of-three", "Three branches, of which two agree",
        [judge(1), judge(1, standard="X")], [judge(1, "not-met")])
    s.hold(one.seal(judge(1), judge(1, standard="Z"), after=trunk))
    s.arrive("0 1 2 3 4", "ok ok ok fork fork").arrive("0 1 4 3 2", "ok ok ok fork fork").expect(
        cells={judgement_key(1): [is_("met"), is_("not-met")]})


def make_references(begin):
    sides = [put("service", "name", "X", over=[])], [put("service", "name", "Y")]

    s, start, one, trunk, x, y = forked(
        begin, "branch-unnamed-one-held",
        "Without a branch, a reference goes to the branch that the past holds", *sides)
    two = s.device(2, 2)
    s.hold(two.seal(put("service", "name", "Z", over=[[0, 2]]), deps=[start, y], who=[one]))
    s.arrive("0 1 2 3 4", "ok ok ok fork ok").arrive("0 1 3 4 2", "ok ok ok ok fork").expect(
        cells={"service|name||": ["X", "Z"]})

    s, start, one, trunk, x, y = forked(
        begin, "branch-unnamed-both-held",
        "Without a branch, no reference resolves where the past holds both, not even to the trunk",
        *sides)
    two = s.device(2, 2)
    b = s.hold(two.seal(put("service", "name", "Z", over=[[0, 2]]), add("comment", v={"text": "x"}, cites=[[0, 1]]),
                        deps=[start, x, y], who=[one]))
    s.arrive("0 1 2 3 4", "ok ok ok fork ok").expect(
        inert=[(b, 0, "reference"), (b, 1, "reference")], cells={"service|name||": ["X", "Y"]})

    s, start, one, trunk, x, y = forked(
        begin, "branch-named",
        "With branches, references go to each branch and, by either, to the trunk", *sides)
    two = s.device(2, 2)
    s.hold(two.seal(put("service", "name", "Z", over=[[0, 2], [1, 2]], cites=[[0, 1], [1, 1]]),
                    deps=[start, x, y], who=[x.branch, y.branch]))
    s.arrive("0 1 2 3 4", "ok ok ok fork ok").expect(cells={"service|name||": ["Z"]})

    s, start, one, trunk, x, y = forked(
        begin, "branch-not-in-past", "A branch that the past does not hold does not resolve", *sides)
    two = s.device(2, 2)
    b = s.hold(two.seal(put("service", "name", "Z", over=[[0, 2]]), put("service", "name", "V", over=[[0, 1]]),
                        put("service", "name", "W", over=[[1, 2]]), put("service", "name", "U", over=[[2, 1]]),
                        deps=[start, x], who=[y.branch, x.branch, one.name + "/" + "A" * 11]))
    s.arrive("0 1 2 3 4", "ok ok ok fork ok").expect(
        inert=[(b, 0, "reference"), (b, 1, "reference"), (b, 3, "reference")],
        cells={"service|name||": ["W", "Y"]})

    s, start, one, trunk, x, y = forked(
        begin, "own-chain", "A plain counter means the author's own chain, on its own branch", *sides)
    s.hold(one.seal(put("service", "name", "X2", over=[1, 2]), after=x))
    s.hold(one.seal(put("service", "name", "Y2", over=[[0, 2], 2]), after=y, deps=[x], who=[x.branch]))
    s.arrive("0 1 2 3 4 5", "ok ok ok fork ok ok").arrive("0 1 2 3 5 4", "ok ok ok fork ok ok").expect(
        cells={"service|name||": ["X2", "Y2"]})


def make_moved(begin):
    def moved(slug, what, *sealed, was, **options):
        """Device 1 seals `sealed` behind a trunk; its successor writes `was` operations without having seen them."""
        s = begin(slug, what)
        _, start = s.found("peer", "peer")
        one = s.device(1, 1)
        trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
        late = s.hold(one.seal(*sealed)) if sealed else None
        two = s.device(2, 1, by=one.key)
        b = s.hold(two.seal(*was, deps=[start, trunk], who=[one], **options))
        return s, one, two, start, late, b

    s, one, *_ = moved("was-not-held", "A moved operation goes by its old name where nothing else has it",
                       was=[judge(1, "not-met", standard="T", over=[[0, 1]], was=[0, 2]),
                            add("evidence", v={"title": "Rota"}, was=[0, 3]), put(2, "status", "seen", was=[0, 4])])
    s.in_order().expect(cells={f"#{one.name}.3|title||": ["Rota"], f"#{one.name}.3|status||": ["seen"],
                               judgement_key(1, "T"): [is_("not-met")]})

    s, one, *_ = moved("was-held", "A moved operation and the sealed one of that name and content are one",
                       judge(1, standard="X"), add("evidence", v={"title": "Rota"}), put(3, "status", "seen"),
                       was=[judge(1, standard="X", was=[0, 2]), add("evidence", v={"title": "Rota"}, was=[0, 3]),
                            put(2, "status", "seen", was=[0, 4])])
    s.in_order().arrive("0 1 3 2", "ok ok ok ok").expect(cells={
        judgement_key(1, "X"): [is_("met")], f"#{one.name}.3|title||": ["Rota"],
        f"#{one.name}.3|status||": ["seen"]})

    s, one, two, start, late, b = moved(
        "was-referred-to", "A moved operation is referred to by the name it has in the successor's stream",
        judge(1, standard="X"), was=[judge(1, standard="X", was=[0, 2])])
    three = s.device(3, 1)
    s.hold(three.seal(judge(1, "not-met", standard="X", over=[[0, 1]]), deps=[start, b], who=[two]))
    s.in_order().arrive("0 1 3 4 2", "ok ok ok ok ok").expect(
        cells={judgement_key(1, "X"): [is_("not-met")]})

    s, one, two, start, late, b = moved(
        "was-of-another-person", "`was` that names another person's replica is inert",
        was=[judge(1, was=[0, 2]), judge(1, was=[1, 1]), judge(1, was=[2, 1])])
    s.batches.pop()
    other = s.device(4, 2)
    b = s.hold(two.seal(judge(1, was=[0, 2]), judge(1, was=[1, 1]), judge(1, was=[2, 1]), judge(1, was=[3, 1]),
                        deps=[start], who=[other, two, "A" * 22, s.authority(8)], after=None))
    s.in_order().expect(inert=[(b, 0, "author"), (b, 1, "reference"), (b, 2, "author"), (b, 3, "author")])

    s, one, two, start, late, b = moved(
        "was-twice", "Two successors that move the same operation move one operation",
        was=[judge(1, standard="X", was=[0, 2])])
    three = s.device(3, 1, by=one.key)
    s.hold(three.seal(judge(1, standard="Y"), judge(1, standard="X", was=[0, 2]), deps=[start], who=[one]))
    s.in_order().arrive("0 1 3 2", "ok ok ok ok").expect(cells={judgement_key(1, "X"): [is_("met")]})


def make_collisions(begin):
    s = begin("was-other-content", "Where other content has the old name, a moved operation goes by its own")
    _, start = s.found("peer")
    one = s.device(1, 1)
    trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    s.hold(one.seal(add("evidence", v={"title": "Rota"})))
    two = s.device(2, 1, by=one.key)
    s.hold(two.seal(add("evidence", v={"title": "List"}, was=[0, 2]), put(1, "status", "seen", was=[0, 3]),
                    deps=[start, trunk], who=[one]))
    s.in_order().arrive("0 1 3 2", "ok ok ok ok").expect(cells={
        f"#{one.name}.2|title||": ["Rota"], f"#{two.name}.1|title||": ["List"],
        f"#{two.name}.1|status||": ["seen"]})

    s = begin("was-two-contents",
              "Two successors that move different operations of one name keep their own names")
    _, start = s.found("peer")
    one = s.device(1, 1)
    trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    for number, title in ((2, "Rota"), (3, "List")):
        device = s.device(number, 1, by=one.key)
        s.hold(device.seal(add("evidence", v={"title": title}, was=[0, 2]), deps=[start, trunk], who=[one]))
    s.in_order().arrive("0 1 3 2", "ok ok ok ok").expect()
    assert f"#{one.name}.2|+||" not in dict(s.final["cells"])

    s = begin("was-on-a-branch", "A moved operation may name the branch that it was written on")
    _, start = s.found("peer")
    one = s.device(1, 1)
    trunk = s.hold(one.seal(judge(1, standard="T"), deps=[start]))
    x = s.hold(one.seal(judge(1, standard="X")))
    y = s.hold(one.seal(judge(1, standard="Y"), after=trunk))
    two = s.device(2, 1, by=one.key)
    s.hold(two.seal(add("evidence", v={"title": "Rota"}, was=[0, 3]), deps=[start, x, y], who=[x.branch]))
    s.arrive("0 1 2 3 4", "ok ok ok fork ok").expect(
        cells={f"#{one.name}.3.{text64(x.hash[:8])}|title||": ["Rota"]})
