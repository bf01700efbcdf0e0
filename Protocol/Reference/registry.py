"""The registry of model version 1 (section 5): which fields exist, who writes them, with what values."""

from dataclasses import dataclass

from encoding import is_text64, text64
from operations import is_id
from strictjson import is_integer

TEXT_BYTES = 8_192
TEAM = ("lead", "peer", "lay")
ROLES = TEAM + ("observer", "staff")
OUTCOMES = ("met", "not-met", "not-applicable", "not-judged")
REASONS = ("pathway-not-provided", "modality-not-provided", "age-group-not-served", "item-not-used",
           "outside-scope", "other")
AUDIENCES = ("team", "team-and-service", "public", "not-lay")


# Values. Each check takes a value and says whether it is one.

def text(value):
    return type(value) is str and 1 <= len(value.encode()) <= TEXT_BYTES


def boolean(value):
    return type(value) is bool


def one_of(*words):
    return lambda value: type(value) is str and value in words


def object_with(**members):
    """An object with these members; a name that ends in `_` is optional. Others are allowed."""
    required = {name: check for name, check in members.items() if not name.endswith("_")}
    optional = {name[:-1]: check for name, check in members.items() if name.endswith("_")}

    def check(value):
        return (type(value) is dict
                and all(name in value and check(value[name]) for name, check in required.items())
                and all(check(value[name]) for name, check in optional.items() if name in value))
    return check


def cut(value):
    return type(value) is list and all(
        type(entry) is list and len(entry) == 3 and is_text64(entry[0], 16)
        and is_integer(entry[1], 1) and is_text64(entry[2], 16) for entry in value)


def gaps(value):
    def is_gap(entry):
        return _gap(entry) and entry["from"] <= entry["to"] and (
            ("prev" in entry) == (entry["from"] > 1))
    return type(value) is list and value != [] and all(map(is_gap, value))


def _count(value):
    return is_integer(value, 1)


def _hash_start(value):
    return is_text64(value, 16)


_gap = object_with(**{
    "from": _count, "to": _count, "b_": _count, "prev_": _hash_start, "hash": _hash_start})
gap = object_with(gaps=gaps, because=text)


def standards(value):
    return type(value) is list and all(is_id(entry) for entry in value)


def decided(value):
    """Batches that a person decided on: [[from, to, hash]…]."""
    return type(value) is list and all(
        type(entry) is list and len(entry) == 3 and is_integer(entry[0], 1)
        and is_integer(entry[1], 1) and is_text64(entry[2], 16) for entry in value)


_held_member = object_with(role=one_of(*ROLES), name=text, cut_=cut)
_removed_member = object_with(role=one_of("none"), cut=cut)


def member(value):
    return _held_member(value) or _removed_member(value)


# Slots.

def no_slot(slot):
    return slot == ""


def identifier_slot(slot):
    return is_text64(slot, 16)


def standard_slot(slot):
    return is_id(slot)


@dataclass(frozen=True)
class Field:
    writer: str  # authority, own, own-team, team, team-authority, lead, author
    value: object
    slot: object = no_slot
    location: bool = False


@dataclass(frozen=True)
class Item:
    within: tuple | None  # record types that it may be in; None: any
    writer: str           # who adds one: team or member
    fields: dict


RESERVED = "reserved"


def _reserved(*names):
    return {name: RESERVED for name in names}


_because = object_with(because=text)

FIELDS = {
    "visit": {
        "title": Field("authority", text),
        "framework": Field("authority", object_with(
            id=text, edition=text, hash=lambda v: is_text64(v, 32))),
        "model": Field("authority", lambda v: is_integer(v, 1)),
        "identity": Field("authority", object_with(key=lambda v: is_text64(v, 32))),
        "member": Field("authority", member, identifier_slot),
        "revoked": Field("authority", object_with(cut=cut, because=text), identifier_slot),
        "release": Field("authority", object_with(batches=decided, because=text), identifier_slot),
        "refuse": Field("authority", object_with(batches=decided, because=text), identifier_slot),
        "joined": Field("authority", object_with(**{
            "with": lambda v: is_text64(v, 16), "because": text}), identifier_slot),
        "interest": Field("own", object_with(declares=text), identifier_slot),
        "assigned": Field("lead", object_with(standards=standards), identifier_slot),
        "gap": Field("authority", gap, identifier_slot),
        **_reserved("stage", "dates", "cycle", "late", "award", "summary", "strengths",
                    "challenges"),
    },
    "service": {
        "name": Field("team-authority", text),
        "provider": Field("team-authority", text),
        "nation": Field("team-authority", one_of(
            "england", "wales", "scotland", "northern-ireland")),
        **_reserved("modality", "pathway", "support", "children", "round-the-clock"),
    },
    "standard": {
        "judgement": Field("own-team", object_with(**{
            "is": one_of(*OUTCOMES), "under": text, "because_": text, "reason_": one_of(*REASONS),
            "part_": text}), identifier_slot, True),
        "resolution": Field("team", object_with(**{
            "is": one_of(*OUTCOMES), "under": text, "because": text, "reason_": one_of(*REASONS)}),
            no_slot, True),
        "applicable": Field("team", object_with(**{
            "is": boolean, "extent": one_of("whole", "part"), "reason_": one_of(*REASONS),
            "because": text})),
        **_reserved("interval"),
    },
    "suggestion": _reserved("seen"),
    "note": {},
    "person": {},
    "replica": {},
}

WITHOUT_ID = ("visit", "service")

ITEMS = {
    "location": Item(("service",), "team", {
        "name": Field("team", text),
        "kind": Field("team", one_of(
            "main", "satellite", "community-diagnostic-centre", "mobile", "teleradiology",
            "outsourced")),
        "archived": Field("team", _because),
    }),
    "comment": Item(None, "member", {
        "text": Field("author", text),
        "audience": Field("author", one_of(*AUDIENCES)),
        "withdrawn": Field("author", object_with(because_=text)),
    }),
    "evidence": Item(("visit",), "team", {
        "title": Field("team", text),
        "kind": Field("team", text),
        "reference": Field("team", text),
        "status": Field("team", one_of(
            "expected", "requested", "offered", "seen", "seen-elsewhere", "not-available",
            "withdrawn")),
        "audience": Field("team", one_of(*AUDIENCES)),
        "supports": Field("team", boolean, standard_slot),
        "archived": Field("team", _because),
    }),
}

RESERVED_ITEMS = frozenset((
    "enquiry", "check", "sighting", "attachment", "tally", "sample", "observation", "measure",
    "finding", "nonconformity", "occurrence", "action", "progress", "audit", "incident", "document",
    "risk", "case", "redaction", "cut", "signature"))


class Inert(Exception):
    """The operation breaks a rule; the message is the reason of Vectors/README.md."""


class Uninterpreted(Exception):
    """Model version 1 does not interpret this."""


def named_type(record_type, identifier):
    """The type of a record that the framework or the visit names. Raises Inert."""
    if record_type not in FIELDS or (identifier is None) != (record_type in WITHOUT_ID):
        raise Inert("record")
    return record_type


def item_type(name):
    """The row of an item type. Raises Inert, Uninterpreted."""
    if name in RESERVED_ITEMS:
        raise Uninterpreted()
    if name not in ITEMS:
        raise Inert("record")
    return ITEMS[name]


def field_of(fields, name, kind):
    """The row of a field. Raises Inert, Uninterpreted."""
    row = fields.get(name)
    if row == RESERVED:
        raise Uninterpreted()
    if row is None or kind not in ("set", "add"):
        raise Inert("field")
    return row


def check_slot(row, slot, has_location, people):
    """The form and the owner of slot and location. Raises Inert.

    `people` are the author and whoever is joined with them.
    """
    if not row.slot(slot) or (has_location and not row.location):
        raise Inert("slot")
    if row.writer.startswith("own") and slot not in map(text64, people):
        raise Inert("slot")


def check_role(writer, roles):
    """Whether the roles of a writer, all of them, give the right. Raises Inert.

    `roles` is None for the authority.
    """
    if roles is None:
        allowed = writer in ("authority", "team-authority")
    elif writer in ("own", "author", "member"):
        allowed = True
    elif writer == "lead":
        allowed = all(role == "lead" for role in roles)
    elif writer in ("team", "own-team", "team-authority"):
        allowed = all(role in TEAM for role in roles)
    else:
        allowed = False
    if not allowed:
        raise Inert("role")
