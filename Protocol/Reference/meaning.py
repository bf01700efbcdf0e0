"""What the operations of a log mean: which take effect (section 5), the state and its digest (section 6)."""

from encoding import NOBODY, labelled, text64
from operations import Shape, check_shape, clock_label, references, split_member, split_record
from references import ForeignName, Names, Unresolved, old_name, resolve, written
from registry import (FIELDS, Inert, Uninterpreted, check_role, check_slot, field_of, item_type,
                      named_type)
from roster import Roster
from strictjson import canonical

MODEL = 1


class Prepared:
    """An operation of good shape whose references resolve."""

    def __init__(self, batch, operation, kind, targets, clock):
        self.batch = batch
        self.operation = operation
        self.kind = kind
        self.targets = targets
        self.clock = clock

    def place(self, member):
        """What `at` or `in` holds: text of a named record, or an instance; None if absent."""
        return self.targets.get(member, self.operation.get(member))


class Meaning:
    """Everything that follows from a log, whatever the order in which it grew."""

    def __init__(self, log):
        self.log = log
        self.names = Names(log)
        self.prepared = {}  # instance -> Prepared, or None (uninterpreted), or a reason
        self.status = {}    # instance -> "effective", "held", "uninterpreted", or a reason
        self.items = {}     # instance of an effective add -> its Item
        for batch in map(log.batches.get, log.order):
            for index in range(batch.last - batch.first + 1):
                self.prepared[batch.hash, index] = self.prepare(batch, index)
        self.roster = Roster(log, self.names, self.prepared)
        for instance in self.prepared:
            self.status[instance] = self.judge(instance)
        self.cells = self.derive()

    # Shape and references

    def prepare(self, batch, index):
        instance = batch.hash, index
        try:
            kind = None if batch.version > 1 else check_shape(batch.operations[index])
            if kind is None:
                self.names.claim(instance)
                return None
            operation = batch.operations[index]
            if operation.get("s") == "@" and kind != "add":  # the author's own slot
                operation = operation | {"s": text64(self.person(batch))}
            clock = clock_label(batch, operation)
            targets = {}
            for member, reference in references(kind, operation).items():
                if member in ("over", "cites"):
                    targets[member] = [resolve(self.log, batch, index, r) for r in reference]
                else:
                    targets[member] = resolve(self.log, batch, index, reference)
            was = operation.get("was")
            was = None if was is None else old_name(self.log, batch, was)
        except Shape:
            reason = "shape"
        except Unresolved:
            reason = "reference"
        except ForeignName:
            reason = "author"
        else:
            self.names.add(instance, operation, targets, clock, was)
            return Prepared(batch, operation, kind, targets, clock)
        self.names.claim(instance)
        return reason

    # Effect

    def person(self, batch):
        return self.log.certificates.held[batch.replica].person

    def judge(self, instance):
        batch = self.log.batches[instance[0]]
        roles = self.roster.roles(batch, batch.first + instance[1])
        if roles == "held":
            return "held"
        prepared = self.prepared[instance]
        if prepared is None:
            return "uninterpreted"
        if type(prepared) is str:
            return prepared
        try:
            if prepared.kind == "add":
                self.check_add(instance, prepared, roles)
            else:
                self.check_field(prepared, roles)
        except Inert as inert:
            return str(inert)
        except Uninterpreted:
            return "uninterpreted"
        return "effective"

    def item_at(self, instance):
        """The Item that an instance made. Raises Inert, Uninterpreted."""
        if self.status[instance] == "uninterpreted":
            raise Uninterpreted()
        if instance not in self.items:
            raise Inert("record")
        return self.items[instance]

    def fields_at(self, place):
        """(fields, type) of a record. Raises Inert, Uninterpreted."""
        if type(place) is str:
            name = named_type(*split_record(place))
            return FIELDS[name], name
        item = self.item_at(place)
        return item.fields, None

    def check_field(self, prepared, roles):
        operation, people = prepared.operation, self.roster.people(self.person(prepared.batch))
        place = prepared.place("at")
        fields, _ = self.fields_at(place)
        location = prepared.targets.get("l")
        if location is not None and self.item_at(location) is not item_type("location"):
            raise Inert("record")
        row = field_of(fields, operation["f"], prepared.kind)
        check_slot(row, operation.get("s", ""), location is not None, people)
        if row.writer == "author" and self.person(self.log.batches[place[0]]) not in people:
            raise Inert("author")
        check_role(row.writer, roles)
        if not row.value(operation["v"]):
            raise Inert("value")

    def check_add(self, instance, prepared, roles):
        operation, people = prepared.operation, self.roster.people(self.person(prepared.batch))
        item = item_type(operation["of"])
        within = prepared.place("in")
        if within is None:
            raise Inert("record")
        _, record_type = self.fields_at(within)
        if item.within is not None and record_type not in item.within:
            raise Inert("record")
        if "re" in prepared.targets:
            self.item_at(prepared.targets["re"])
        for key in operation["v"]:
            name, slot = split_member(key)
            check_slot(field_of(item.fields, name, "add"), slot, False, people)
        check_role(item.writer, roles)
        for key, value in operation["v"].items():
            if not item.fields[split_member(key)[0]].value(value):
                raise Inert("value")
        self.items[instance] = item

    # State

    def written_place(self, place):
        return place if type(place) is str else written(self.names.name(place))

    def writes(self, instance):
        """[(cell key, value, names removed)] of an effective operation."""
        prepared = self.prepared[instance]
        operation = prepared.operation
        if prepared.kind == "set":
            location = prepared.targets.get("l")
            key = "|".join((
                self.written_place(prepared.place("at")), operation["f"], operation.get("s", ""),
                "" if location is None else self.written_place(location)))
            over = [self.names.name(target) for target in prepared.targets.get("over", [])]
            return [(key, operation["v"], over)]
        record = written(self.names.name(instance))
        existence = {"of": operation["of"], "in": self.written_place(prepared.place("in"))}
        if "re" in prepared.targets:
            existence["re"] = self.written_place(prepared.targets["re"])
        cells = [(f"{record}|+||", existence, [])]
        for member, value in operation["v"].items():
            name, slot = split_member(member)
            cells.append((f"{record}|{name}|{slot}|", value, []))
        return cells

    def derive(self):
        """Cell key -> [(person, name, clock, value, names cited)], both in order."""
        written_by, removed = {}, {}
        for instance, status in self.status.items():
            if status != "effective":
                continue
            prepared, name = self.prepared[instance], self.names.name(instance)
            for key, value, over in self.writes(instance):
                cites = sorted(self.names.name(t) for t in prepared.targets.get("cites", []))
                sibling = self.person(prepared.batch), name, prepared.clock, value, cites
                written_by.setdefault(key, {})[name] = sibling
                removed.setdefault(key, set()).update(over)
        cells = {}
        for key in sorted(written_by, key=str.encode):
            siblings = [s for n, s in written_by[key].items() if n not in removed[key]]
            if siblings:
                cells[key] = sorted(siblings, key=lambda s: s[:2])
        return cells

    def listed(self, *statuses):
        """Instances with one of these statuses, sorted."""
        return sorted(i for i, status in self.status.items() if status in statuses)

    def cell_values(self):
        """The cells as JSON: [[key, [[replica, counter, branch, person, clock, value, cites?]…]]…]."""
        return [[key, [[text64(n[0]), n[1], text64(n[2]), text64(person), clock, value]
                       + ([[written(c) for c in cites]] if cites else [])
                       for person, n, clock, value, cites in siblings]]
                for key, siblings in self.cells.items()]

    def state_digest(self):
        lines = [canonical(cell) + b"\n" for cell in self.cell_values()]
        lines += [canonical(["?", text64(h), index]) + b"\n"
                  for h, index in self.listed("uninterpreted")]
        return labelled("fieldbook state 1", *lines)

    def summary(self):
        """`final` of a visit vector."""
        plain = {"effective", "held", "uninterpreted"}
        inert = self.listed(*set(self.status.values()) - plain)
        return {
            "model": MODEL,
            "state": text64(self.state_digest()),
            "cells": self.cell_values(),
            "inert": [[text64(h), index, self.status[h, index]] for h, index in inert],
            "held": [[text64(h), index] for h, index in self.listed("held")],
            "uninterpreted": [[text64(h), index] for h, index in self.listed("uninterpreted")],
        }
