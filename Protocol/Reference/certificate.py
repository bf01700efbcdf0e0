"""Certificates and the store of valid ones (sections 2.3 to 2.5)."""

from dataclasses import dataclass

from encoding import NOBODY, labelled, replica_id, untext64, verify
from strictjson import Malformed, is_integer, parse_line

LINE_BYTES = 4096
NAME_BYTES = 200


@dataclass(frozen=True)
class Certificate:
    kind: str
    key: bytes
    replica: bytes
    person: bytes  # NOBODY for an authority
    name: str
    by: bytes


def _name(value):
    if type(value) is not str or not 1 <= len(value.encode()) <= NAME_BYTES:
        raise Malformed("a name is 1 to 200 bytes")
    return value


def read_certificate(line):
    """The certificate in a line, not yet checked against any issuer. Raises Malformed."""
    if len(line) > LINE_BYTES:
        raise Malformed("certificate line too long")
    members, _ = parse_line(line)
    if not is_integer(members.get("v"), 1, 1):
        raise Malformed("unknown version")
    kind = members.get("kind")
    if kind == "device":
        person = untext64(members.get("person"), 16)
        _name(members.get("device"))
    elif kind == "authority":
        if "person" in members or "device" in members:
            raise Malformed("an authority has neither person nor device")
        person = NOBODY
    else:
        raise Malformed("unknown kind")
    if not is_integer(members.get("t")):
        raise Malformed("no time")
    key = untext64(members.get("key"), 32)
    by = untext64(members.get("by"), 32)
    return Certificate(kind, key, replica_id(key), person, _name(members.get("name")), by)


class Certificates:
    """The valid certificates that a store holds, by replica."""

    def __init__(self, identity):
        self.identity = identity
        self.held = {}

    def present(self, line, signature):
        """The certificate if it is valid here (and kept, if it is the first); else None."""
        try:
            certificate = read_certificate(line)
        except Malformed:
            return None
        if not verify(certificate.by, signature, labelled("fieldbook certificate 1", line)):
            return None
        if certificate.by != self.identity and not self._succeeds(certificate):
            return None
        first = self.held.setdefault(certificate.replica, certificate)
        if (first.kind, first.person) != (certificate.kind, certificate.person):
            return None
        return certificate

    def _succeeds(self, certificate):
        issuer = self.held.get(replica_id(certificate.by))
        return (certificate.kind == "device" and issuer is not None and issuer.kind == "device"
                and issuer.key == certificate.by and issuer.person == certificate.person)
