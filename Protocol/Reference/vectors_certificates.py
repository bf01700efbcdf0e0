"""Vectors of sections 2.3 to 2.5: certificates/."""

from authoring import IDENTITY, Kind, certificate, compact, key, person, sealed
from encoding import NOBODY, replica_id, text64, untext64

FIRST, SECOND, THIRD, SERVER = key(1), key(2), key(3), key(9)
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


def tampered(entry, old, new):
    """The line changed behind the signature's back."""
    return {**entry, "line": entry["line"].replace(old, new)}


def malleable(entry):
    """The same signature with S + L in place of S."""
    signature = untext64(entry["sig"])
    scalar = int.from_bytes(signature[32:], "little") + GROUP_ORDER
    return {**entry, "sig": text64(signature[:32] + scalar.to_bytes(32, "little"))}


def raw(members, signer=IDENTITY):
    return sealed(members if type(members) is bytes else compact(members).encode(), signer,
                  "fieldbook certificate 1")


def make(out):
    kind = Kind("certificates", out)

    def add(slug, what, *chain):
        """Each of `chain` is (entry, key, person) for ok or (entry, None, None) for bad."""
        kind.add(slug, what, identity=text64(IDENTITY.public), chain=[entry for entry, _, _ in chain],
                 results=["ok" if subject else "bad/certificate" for _, subject, _ in chain],
                 replicas=[text64(replica_id(k.public)) if k else "" for _, k, _ in chain],
                 persons=[text64(p) if p else "" for _, _, p in chain])

    def ok(entry, subject, whose):
        return entry, subject, whose

    def bad(entry):
        return entry, None, None

    one = certificate(FIRST, IDENTITY, person(1))
    server = certificate(SERVER, IDENTITY, None, name="Server")
    successor = certificate(SECOND, FIRST, person(1), device="New tablet")
    add("device", "A device certified by the identity key is valid", ok(one, FIRST, person(1)))
    add("authority", "An authority certified by the identity key is valid", ok(server, SERVER, NOBODY))
    add("successor", "A device may certify a successor of the same person",
        ok(one, FIRST, person(1)), ok(successor, SECOND, person(1)))
    add("successor-of-successor", "A successor may certify its own successor",
        ok(one, FIRST, person(1)), ok(successor, SECOND, person(1)),
        ok(certificate(THIRD, SECOND, person(1)), THIRD, person(1)))
    add("successor-first", "A successor is refused until its issuer is held, and valid afterwards",
        bad(successor), ok(one, FIRST, person(1)), ok(successor, SECOND, person(1)))
    add("successor-of-another-person", "A device cannot certify a device of another person",
        ok(one, FIRST, person(1)), bad(certificate(SECOND, FIRST, person(2))))
    add("authority-by-device", "A device cannot certify an authority",
        ok(one, FIRST, person(1)), bad(certificate(SERVER, FIRST, None)))
    add("authority-by-authority", "Only the identity key certifies an authority",
        ok(server, SERVER, NOBODY), bad(certificate(key(8), SERVER, None)))
    add("device-by-authority", "An authority replica certifies no device",
        ok(server, SERVER, NOBODY), bad(certificate(FIRST, SERVER, person(1))),
        bad(certificate(FIRST, SERVER, NOBODY)))
    add("self-signed", "A certificate signed by its own key is refused",
        bad(certificate(FIRST, FIRST, person(1))))
    add("unknown-identity", "A certificate of another server is refused",
        bad(certificate(FIRST, key(99), person(1))))
    add("same-again", "The same certificate may be presented again",
        ok(one, FIRST, person(1)), ok(one, FIRST, person(1)))
    add("second-same-person", "A second certificate of a replica with the same person is valid",
        ok(one, FIRST, person(1)),
        ok(certificate(FIRST, IDENTITY, person(1), name="Other name"), FIRST, person(1)))
    add("second-other-person", "A second certificate of a replica with another person is refused",
        ok(one, FIRST, person(1)), bad(certificate(FIRST, IDENTITY, person(2))))
    add("second-other-kind", "A device's replica does not become an authority",
        ok(one, FIRST, person(1)), bad(certificate(FIRST, IDENTITY, None)))
    add("tampered", "A line changed by one character is refused",
        bad(tampered(one, "Reviewer", "reviewer")))
    add("signed-as-batch", "A signature under the label of a batch is refused",
        bad(sealed(one["line"].encode(), IDENTITY, "fieldbook batch 1")))
    add("malleable-signature", "A signature whose S is not below the group order is refused",
        bad(malleable(one)))
    add("unknown-member", "An unknown member is kept and covered by the signature",
        ok(certificate(FIRST, IDENTITY, person(1), colour="green"), FIRST, person(1)))
    add("odd-order", "The order of members is free",
        ok(raw(compact({"t": 0, "name": "N", "device": "D", "by": text64(IDENTITY.public),
                        "person": text64(person(1)), "key": text64(FIRST.public), "kind": "device",
                        "v": 1}).encode()), FIRST, person(1)))
    add("negative-time", "The clock is only a label: before 1970 is as good",
        ok(certificate(FIRST, IDENTITY, person(1), t=-1), FIRST, person(1)))
    for slug, what, changes in [
        ("version-2", "An unknown version is refused", {"v": 2}),
        ("kind-unknown", "An unknown kind is refused", {"kind": "printer"}),
        ("no-person", "A device without a person is refused", {"person": None}),
        ("short-person", "A person is 16 bytes", {"person": "AAAA"}),
        ("no-device", "A device certificate names the device", {"device": None}),
        ("no-name", "A certificate has a name", {"name": None}),
        ("empty-name", "A name has at least one byte", {"name": ""}),
        ("long-name", "A name has at most 200 bytes: 201", {"name": "é" * 100 + "n"}),
        ("no-time", "A certificate has a clock label", {"t": None}),
        ("time-as-text", "The clock label is an integer", {"t": "0"}),
        ("long-line", "A certificate line has at most 4,096 bytes", {"padding": "x" * 4000}),
    ]:
        add(slug, what, bad(certificate(FIRST, IDENTITY, person(1), **changes)))
    add("longest-name", "A name has at most 200 bytes: 200",
        ok(certificate(FIRST, IDENTITY, person(1), name="é" * 100), FIRST, person(1)))
    add("authority-with-person", "An authority has no person",
        bad(raw({"v": 1, "kind": "authority", "key": text64(SERVER.public),
                 "person": text64(person(1)), "name": "Server", "by": text64(IDENTITY.public), "t": 0})))
    add("key-twice", "A certificate is strict JSON: no key twice",
        bad(raw(one["line"].encode().replace(b'"v":1', b'"v":1,"v":1'))))
    add("null-person", "null is no way to leave a person out",
        bad(raw(server["line"].encode().replace(b'"name"', b'"person":null,"name"'))))
    add("not-an-object", "A certificate line is an object", bad(raw(b"[1]")))
