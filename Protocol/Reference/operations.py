"""The shape of operations (sections 4.1 to 4.4)."""

import re

from references import LISTS, SINGLE, is_reference
from strictjson import is_integer

REFERENCES = 512
INCREMENT = 1_000_000

_FIELD = re.compile(r"[a-z0-9-]{1,32}\Z")
_SLOT = re.compile(r"[!-{}~]{1,96}\Z")      # `!` to `~` without `|`
_RECORD = re.compile(r"([a-z-]+)(?::([!-9;-{}~]{1,96}))?\Z")  # an ID has no `:` either
_ID = re.compile(r"[!-9;-{}~]{1,96}\Z")

KINDS = tuple(SINGLE)


class Shape(Exception):
    """A wrong type, range or form, or a member that is not there."""


def is_field(value):
    return type(value) is str and _FIELD.match(value) is not None


def is_slot(value):
    return type(value) is str and _SLOT.match(value) is not None


def is_id(value):
    return type(value) is str and _ID.match(value) is not None


def split_record(text):
    """(type, ID or None) of a record named by framework or visit; None if it has no such form."""
    match = _RECORD.match(text)
    return match.groups() if match else None


def split_member(key):
    """(field, slot) of a member of an `add`'s `v`: `field` or `field/slot`. None if neither."""
    name, slash, slot = key.partition("/")
    if not is_field(name) or (slash and not is_slot(slot)):
        return None
    return name, slot


def clock_label(batch, operation):
    """The clock label. Raises Shape."""
    clock = batch.clock + _need(is_integer(operation.get("d", 0)), operation.get("d", 0))
    _need(is_integer(clock))
    return clock


def _need(condition, value=None):
    if not condition:
        raise Shape()
    return value


def _is_record(value):
    if type(value) is str:
        return split_record(value) is not None
    return is_reference(value)


def _check_list(operation, member):
    value = operation.get(member, [])
    _need(type(value) is list and len(value) <= REFERENCES)
    _need(all(is_reference(reference) for reference in value))


def check_shape(operation):
    """The kind of an operation that is well-formed. None: a kind that is not known. Raises Shape."""
    kind = _need(type(operation.get("k")) is str, operation.get("k"))
    if kind not in KINDS:
        return None
    _need("was" not in operation or is_reference(operation["was"]))
    for member in LISTS[kind]:
        _check_list(operation, member)
    if kind == "add":
        _check_add(operation)
        return kind
    _need(_is_record(operation.get("at")))
    _need(is_field(operation.get("f")))
    if kind != "ins":
        _need("s" not in operation or is_slot(operation["s"]))
        _need("l" not in operation or is_reference(operation["l"]))
    if kind == "set":
        _need("v" in operation)
    elif kind == "inc":
        by = operation.get("by")
        _need(is_integer(by, -INCREMENT, INCREMENT) and by != 0)
    elif kind == "fix":
        _need(is_integer(operation.get("to"), 0))
        _need(type(operation.get("v")) is dict and type(operation["v"].get("because")) is str)
    else:
        _need("after" not in operation or is_reference(operation["after"]))
        _need(operation.get("side") in ("L", "R"))
        _need(type(operation.get("v")) is dict)
    return kind


def _check_add(operation):
    item_type = operation.get("of")
    _need(type(item_type) is str and re.match(r"[a-z-]+\Z", item_type))
    _need("in" not in operation or _is_record(operation["in"]))
    _need("re" not in operation or is_reference(operation["re"]))
    fields = _need(type(operation.get("v")) is dict, operation.get("v"))
    _need(all(split_member(key) for key in fields))


def references(kind, operation):
    """The references that an operation of a kind uses: member -> reference or list of them."""
    used = {}
    for member in SINGLE[kind]:
        if member in operation and type(operation[member]) is not str:
            used[member] = operation[member]
    for member in LISTS[kind]:
        if member in operation:
            used[member] = operation[member]
    return used
