#!/usr/bin/env python3
"""Reads every vector and says what it finds. Exits 1 if this reader disagrees with any.

    check.py            all vectors, then the schemas and openapi.yaml
    check.py --origin   also how many vectors come from each side
"""

import json
import sys
from collections import Counter
from pathlib import Path

import check_schemas
from checks import KINDS

VECTORS = Path(__file__).resolve().parent.parent / "Vectors"
ORIGINS = ("python", "swift")


def load():
    """[(path, kind, vector or text of a fault)…] of every file under Vectors, sorted."""
    found = []
    for path in sorted(p for p in VECTORS.rglob("*") if p.is_file()):
        name = path.relative_to(VECTORS).as_posix()
        if name == "README.md":
            continue
        kind, slash, file = name.partition("/")
        if kind not in KINDS or not slash or "/" in file or path.suffix != ".json":
            found.append((name, kind, "no vector of a known kind"))
            continue
        try:
            vector = json.loads(path.read_bytes().decode("utf-8"))
            fault = check_head_of_file(vector, file)
        except ValueError as error:
            fault = f"not JSON: {error}"
        found.append((name, kind, fault or vector))
    return found


def check_head_of_file(vector, file):
    """What is wrong with `what`, `origin` or the number; None if nothing."""
    if type(vector) is not dict or not str(vector.get("what", "")).strip():
        return "`what` is missing"
    if vector.get("origin") not in ORIGINS:
        return "`origin` is neither python nor swift"
    number = file.partition("-")[0]
    if not (number.isdigit() and len(number) == 3):
        return "the name does not begin with a number of three digits"
    if (int(number) >= 500) != (vector["origin"] == "python"):
        return "numbers from 500 are python's, those below swift's"
    return None


def check_one(kind, vector):
    if type(vector) is str:
        return [vector]
    try:
        return KINDS[kind](vector)
    except Exception as error:  # whatever a vector does to the reader is a finding, not an end
        return [f"the reader failed: {type(error).__name__}: {error}"]


def main():
    vectors = load()
    passed, failed, origins = Counter(), Counter(), Counter()
    for name, kind, vector in vectors:
        differences = check_one(kind, vector)
        for difference in differences:
            print(f"Vectors/{name}: {difference}")
        (failed if differences else passed)[kind] += 1
        if type(vector) is dict:
            origins[vector["origin"]] += 1
    for kind in KINDS:
        print(f"{kind}: {passed[kind]} passed, {failed[kind]} failed")
        if passed[kind] + failed[kind] == 0:
            print(f"Vectors/{kind}: there is no vector of this kind")
            failed[kind] += 1
    schemas_passed, schemas_failed = check_schemas.run(
        [(name, kind, vector) for name, kind, vector in vectors if type(vector) is dict])
    if "--origin" in sys.argv[1:]:
        for origin in ORIGINS:
            print(f"origin {origin}: {origins[origin]}")
    failures = sum(failed.values()) + schemas_failed
    print(f"{sum(passed.values()) + schemas_passed} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
