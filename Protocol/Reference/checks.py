"""What a vector of each kind says, checked. A check returns a list of differences, empty if none."""

from batch import Bad, batch_hash, check_signature, read_batch
from bundle import Bundle, NoBundle
from certificate import Certificates
from encoding import (enrolment_code, enrolment_digest, fingerprint, read_enrolment_code, replica_id,
                      request_digest, text64, untext64, verify)
from frames import check_head, read_body
from strictjson import Malformed, canonical, parse
from visit import Store

CODES = ("ok", "bad/too-large", "bad/malformed", "bad/version", "bad/signature")


def compare(place, expected, found):
    """The first place at which two values differ, as a list of at most one line."""
    if type(expected) is dict and type(found) is dict:
        for key in sorted(set(expected) | set(found)):
            if key not in expected or key not in found:
                have = "vector" if key in expected else "reader"
                return [f"{place}.{key}: only the {have} has it"]
            differences = compare(f"{place}.{key}", expected[key], found[key])
            if differences:
                return differences
        return []
    if type(expected) is list and type(found) is list:
        for index, (a, b) in enumerate(zip(expected, found)):
            differences = compare(f"{place}[{index}]", a, b)
            if differences:
                return differences
        if len(expected) != len(found):
            return [f"{place}: {len(expected)} in the vector, {len(found)} here"]
        return []
    if type(expected) is not type(found) or expected != found:
        return [f"{place}: the vector says {expected!r}, this reader {found!r}"]
    return []


def line_of(entry):
    """The bytes of a sealed line in a vector."""
    if "line" in entry:
        return entry["line"].encode()
    return untext64(entry["bytes"])


def said(vector, *names):
    return {name: vector[name] for name in names if name in vector}


def check_json(vector):
    try:
        found = {"ok": True, "canonical": text64(canonical(parse(untext64(vector["bytes"]))))}
    except Malformed:
        found = {"ok": False}
    return compare("vector", said(vector, "ok", "canonical"), found)


def check_text64(vector):
    try:
        found = {"ok": True, "bytes": untext64(vector["text"]).hex()}
    except Malformed:
        found = {"ok": False}
    return compare("vector", said(vector, "ok", "bytes"), found)


def check_code(vector):
    try:
        secret, mark = read_enrolment_code(vector["code"])
        found = {"ok": True, "secret": secret.hex(), "fingerprint": mark.hex(),
                 "written": enrolment_code(secret, mark)}
    except Malformed:
        found = {"ok": False}
    differences = compare("vector", said(vector, "ok", "secret", "fingerprint", "written"), found)
    if "identity" in vector:
        differences += compare("identity", vector["fingerprint"],
                               fingerprint(untext64(vector["identity"])).hex())
    return differences


def check_enrolment(vector):
    secret, key = untext64(vector["secret"], 10), untext64(vector["key"], 32)
    ok = verify(key, untext64(vector["sig"], 64), enrolment_digest(secret, key))
    return compare("ok", vector["ok"], ok)


def check_certificates(vector):
    store = Certificates(untext64(vector["identity"], 32))
    found = {"results": [], "replicas": [], "persons": []}
    for entry in vector["chain"]:
        certificate = store.present(line_of(entry), untext64(entry["sig"]))
        found["results"].append("ok" if certificate else "bad/certificate")
        found["replicas"].append(text64(certificate.replica) if certificate else "")
        found["persons"].append(text64(certificate.person) if certificate else "")
    return compare("vector", said(vector, "results", "replicas", "persons"), found)


def check_batch(vector):
    line, key = line_of(vector), untext64(vector["key"], 32)
    found = {"hash": text64(batch_hash(line))}
    try:
        batch = read_batch(line)
        if batch.replica != replica_id(key):
            return ["vector: the line is not of the replica of `key`"]
        check_signature(line, untext64(vector["sig"]), key)
        found["code"] = "ok"
        found["header"] = {"visit": text64(batch.visit), "replica": text64(batch.replica),
                           "b": batch.number, "n": batch.first, "last": batch.last}
    except Bad as bad:
        found["code"] = f"bad/{bad.why}"
    if vector["code"] not in CODES:
        return [f"code: {vector['code']!r} is not for this kind"]
    return compare("vector", said(vector, "hash", "code", "header"), found)


def check_visit(vector):
    differences = []
    finals = 0
    for number, arrival in enumerate(vector["arrivals"]):
        store = Store(untext64(vector["identity"], 32), untext64(vector["visit"], 16))
        for entry in vector["certificates"]:
            store.certificates.present(line_of(entry), untext64(entry["sig"]))
        found = {"results": [], "gaps": [], "absent": []}
        for index in arrival["order"]:
            entry = vector["batches"][index]
            code, detail = store.admit(line_of(entry), untext64(entry["sig"]))
            found["results"].append(code)
            if code == "gap":
                found["gaps"].append(detail)
            elif code == "missing":
                found["absent"].append([[text64(r), c, text64(h)] for r, c, h in detail])
        found["log"] = text64(store.log.digest)
        place = f"arrivals[{number}]"
        differences += compare(place, said(arrival, "results", "gaps", "absent", "log"), found)
        if arrival["complete"]:
            finals += 1
            differences += compare(f"{place}: final", vector["final"], store.meaning().summary())
    if finals == 0:
        differences.append("arrivals: none is complete, so nothing checks `final`")
    return differences


def check_head_line(vector):
    key = untext64(vector["key"], 32)
    return compare("ok", vector["ok"], check_head(line_of(vector), untext64(vector["sig"]), key))


def check_request(vector):
    key, signature = untext64(vector["key"], 32), untext64(vector["sig"], 64)
    digest = request_digest(
        vector["method"], vector["target"], vector["nonce"], untext64(vector["body"]))
    found = {"ok": verify(key, signature, digest)}
    if found["ok"]:
        found["authorization"] = (
            f"Fieldbook {text64(replica_id(key))}.{vector['nonce']}.{text64(signature)}")
    return compare("vector", said(vector, "ok", "authorization"), found)


def check_frames(vector):
    try:
        frames, complete = read_body(untext64(vector["body"]))
        found = {"ok": True, "frames": [], "complete": complete}
        for name, _, sealed in frames:
            frame = {"frame": name}
            if sealed is not None:
                frame["line"] = text64(sealed)
            found["frames"].append(frame)
    except Malformed:
        found = {"ok": False}
    return compare("vector", said(vector, "ok", "frames", "complete"), found)


def check_bundle(vector):
    try:
        bundle = Bundle(untext64(vector["file"]))
    except NoBundle:
        return compare("vector", said(vector, "ok"), {"ok": False})
    found = {"ok": True, "items": bundle.described(), "damaged": bundle.problems > 0,
             "closing": bundle.closing(untext64(vector["identity"], 32))}
    if bundle.header is not None:
        names = ("by", "t", "visits")
        found["header"] = {name: bundle.header[name] for name in names if name in bundle.header}
    return compare("vector", said(vector, "ok", "header", "items", "damaged", "closing"), found)


KINDS = {
    "json": check_json,
    "text64": check_text64,
    "codes": check_code,
    "enrolments": check_enrolment,
    "certificates": check_certificates,
    "batches": check_batch,
    "visits": check_visit,
    "heads": check_head_line,
    "requests": check_request,
    "frames": check_frames,
    "bundles": check_bundle,
}
