"""Text64, labelled hashes, signatures, names and enrolment codes (sections 1 and 2.6)."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from strictjson import Malformed

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {c: i for i, c in enumerate(_ALPHABET)}
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

NOBODY = bytes(16)  # the person of an authority's operations


def text64(data):
    """Bytes as Text64."""
    out = []
    for start in range(0, len(data), 3):
        group = data[start:start + 3]
        bits = int.from_bytes(group + bytes(3 - len(group)), "big")
        out.extend(_ALPHABET[(bits >> shift) & 63] for shift in (18, 12, 6, 0)[:len(group) + 1])
    return "".join(out)


def untext64(text, length=None):
    """The bytes of a Text64, of exactly `length` if given. Raises Malformed."""
    if type(text) is not str:
        raise Malformed("Text64 is a string")
    if len(text) % 4 == 1:
        raise Malformed("no length of a Text64")
    bits = 0
    for c in text:
        if c not in _VALUES:
            raise Malformed("no character of a Text64")
        bits = bits << 6 | _VALUES[c]
    spare = len(text) * 6 % 8
    if bits & ((1 << spare) - 1):
        raise Malformed("Text64 with bits left over")
    data = (bits >> spare).to_bytes(len(text) * 6 // 8, "big")
    if length is not None and len(data) != length:
        raise Malformed(f"Text64 of {len(data)} bytes where {length} belong")
    return data


def is_text64(value, length):
    try:
        untext64(value, length)
    except Malformed:
        return False
    return True


def labelled(label, *parts):
    """H(label, parts…)."""
    return hashlib.sha256(label.encode("ascii") + b"\n" + b"".join(parts)).digest()


def replica_id(key):
    return labelled("fieldbook replica 1", key)[:16]


def fingerprint(key):
    return labelled("fieldbook identity 1", key)[:10]


def verify(key, signature, digest):
    """Whether `signature` is Ed25519 by `key` over the 32 bytes `digest`."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, digest)
    except (InvalidSignature, ValueError):
        return False
    return True


class Key:
    """A key pair from a 32-byte seed."""

    def __init__(self, seed):
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.replica = replica_id(self.public)

    def sign(self, digest):
        return self._private.sign(digest)


def enrolment_code(secret, identity_fingerprint):
    """The code as a producer writes it."""
    bits = int.from_bytes(secret + identity_fingerprint, "big")
    text = "".join(_CROCKFORD[(bits >> shift) & 31] for shift in range(155, -1, -5))
    return "-".join(text[i:i + 4] for i in range(0, 32, 4))


def read_enrolment_code(code):
    """(secret, fingerprint) of a code as a person typed it. Raises Malformed."""
    bits = 0
    count = 0
    for c in code:
        if c in "- ":
            continue
        if "a" <= c <= "z":
            c = chr(ord(c) - 32)
        c = {"O": "0", "I": "1", "L": "1"}.get(c, c)
        if c not in _CROCKFORD:
            raise Malformed(f"no character of a code: {c!r}")
        bits = bits << 5 | _CROCKFORD.index(c)
        count += 1
    if count != 32:
        raise Malformed(f"a code has 32 characters, not {count}")
    data = bits.to_bytes(20, "big")
    return data[:10], data[10:]


def enrolment_digest(secret, key):
    return labelled("fieldbook enrol 1", secret, key)


def request_digest(method, target, nonce, body):
    """What a replica signs to prove its key for one request (section 9.1)."""
    return labelled(
        "fieldbook request 1", method.encode(), b" ", target.encode(), b"\n", nonce.encode(), b"\n",
        hashlib.sha256(body).digest())


def log_start(visit):
    return labelled("fieldbook log 1", visit)


def log_digest(before, batch_hash):
    return labelled("fieldbook digest 1", before, batch_hash)
