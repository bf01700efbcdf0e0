"""Holds Schemas/ and openapi.yaml against the vectors and against themselves.

What this reader calls well-formed must validate; what it calls malformed must not, but for what a schema
cannot say (see BEYOND). So a schema that lets everything through fails here too.
"""

import json
import os
from collections import Counter
from pathlib import Path

from batch import Bad, read_batch
from bundle import ANNOUNCING, MAGIC, inflate, read_bundle_frame
from certificate import read_certificate
from checks import line_of
from encoding import untext64
from frames import read_frame, read_head
from operations import Shape, check_shape, clock_label
from strictjson import MAXIMUM, Malformed, is_integer, parse_line

PROTOCOL = Path(__file__).resolve().parent.parent
NAMES = ("batch", "operation", "certificate", "head", "frame", "bundle-frame", "problem",
         "enrol-request", "visits-answer", "pokes-answer")

# Causes of which a schema knows nothing: sizes in bytes, sums, the order of arrays.
BEYOND = ("bad/too-large", "operation too large", "counters leave the range", "deps not sorted", "too long",
          "a name is 1 to 200 bytes", "places ascend", "a counter is at least")


class Checker:
    """Validates instances and counts what went well and what did not, by schema."""

    def __init__(self):
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
        documents = {path: json.loads(path.read_bytes().decode())
                     for path in sorted((PROTOCOL / "Schemas").glob("*.schema.json"))}
        registry = Registry().with_resources(
            (path.as_uri(), Resource.from_contents(document)) for path, document in documents.items())
        self.schemas = {path.name.removesuffix(".schema.json"): d for path, d in documents.items()}
        self.validators = {}
        self.passed, self.failed, self.refused = Counter(), Counter(), Counter()
        for path, document in documents.items():
            Draft202012Validator.check_schema(document)
            self.validators[path.name.removesuffix(".schema.json")] = Draft202012Validator(
                {"$schema": document["$schema"], "$ref": path.as_uri()}, registry=registry)

    def expect(self, name, place, instance, well_formed):
        error = next(self.validators[name].iter_errors(instance), None)
        if well_formed == (error is None):
            self.passed[name] += 1
            self.refused[name] += not well_formed
            return
        self.failed[name] += 1
        why = f"is well-formed, but the schema says: {error.message[:200]}" if error else \
            "is malformed, but the schema lets it through"
        print(f"Schemas/{name}.schema.json: {place} {why}")

    def line(self, name, place, line, read):
        """One line, against what `read` says of it."""
        try:
            instance, _ = parse_line(line)
        except Malformed:
            return
        try:
            read(line)
        except (Malformed, Bad) as error:
            if not any(cause in str(error) for cause in BEYOND):
                self.expect(name, place, instance, False)
        else:
            self.expect(name, place, instance, True)

    def batch(self, place, line):
        self.line("batch", place, line, read_batch)
        try:
            batch = read_batch(line)
        except Bad:
            return
        if batch.version == 1:
            for index, operation in enumerate(batch.operations):
                self.operation(f"{place} operation {index}", batch, operation)

    def operation(self, place, batch, operation):
        try:
            check_shape(operation)
            well_formed = True
            clock_label(batch, operation)
        except Shape:
            d = operation.get("d", 0)
            if is_integer(d) and not -MAXIMUM <= d + batch.clock <= MAXIMUM:
                return
            well_formed = False
        if well_formed or operation.get("k") in ("set", "add", "inc", "fix", "ins") \
                or type(operation.get("k")) is not str:
            self.expect("operation", place, operation, well_formed)

    def body(self, place, body):
        announced = False
        for line in body.split(b"\n")[:-1]:
            if announced:
                announced = False
                continue
            self.line("frame", place, line, read_frame)
            try:
                frame = read_frame(line)
            except Malformed:
                return
            announced = frame is not None and frame[0] in ("batch", "certificate", "head")

    def bundle(self, place, file):
        """Every frame of the first member."""
        if not file.startswith(MAGIC):
            return
        text, used = inflate(file)
        announced = False
        for line in text.split(b"\n")[:-1] if used else ():
            if announced:
                announced = False
                continue
            self.line("bundle-frame", place, line, read_bundle_frame)
            try:
                announced = read_bundle_frame(line)[0] in ANNOUNCING
            except Malformed:
                return

    def vector(self, name, kind, vector):
        if kind == "batches":
            self.batch(name, line_of(vector))
        elif kind == "visits":
            for index, entry in enumerate(vector["certificates"]):
                self.line("certificate", f"{name} certificate {index}", line_of(entry), read_certificate)
            for index, entry in enumerate(vector["batches"]):
                self.batch(f"{name} batch {index}", line_of(entry))
        elif kind == "certificates":
            for index, entry in enumerate(vector["chain"]):
                self.line("certificate", f"{name} certificate {index}", line_of(entry), read_certificate)
        elif kind == "heads":
            self.line("head", name, line_of(vector), read_head)
        elif kind == "frames":
            self.body(name, untext64(vector["body"]))
        elif kind == "bundles":
            self.bundle(name, untext64(vector["file"]))
        elif kind == "enrolments":
            self.expect("enrol-request", name, {
                "v": 1, "secret": vector["secret"], "key": vector["key"], "device": "Tablet",
                "sig": vector["sig"]}, True)

    def examples(self, name):
        """Every example validates, and none does any more without a member that is required."""
        schema = self.schemas[name]
        for index, example in enumerate(schema["examples"]):
            self.expect(name, f"example {index}", example, True)
            for member in schema.get("required", ()):
                rest = {k: v for k, v in example.items() if k != member}
                self.expect(name, f"example {index} without {member}", rest, False)


def check_openapi():
    """Faults of openapi.yaml, as text."""
    import yaml
    from openapi_spec_validator import OpenAPIV31SpecValidator
    path = PROTOCOL / "openapi.yaml"
    document = yaml.safe_load(path.read_bytes())
    errors = OpenAPIV31SpecValidator(document, base_uri=path.as_uri()).iter_errors()
    faults = [str(error.message)[:300] for error in errors]
    calls = sorted(f"{method} {path}" for path, item in document["paths"].items() for method in item)
    wanted = sorted(["post /v1/enrol", "get /v1/events", "get /v1/nonce", "post /v1/hello", "get /v1/visits",
                     "post /v1/push", "post /v1/reconcile", "post /v1/sync", "get /v1/visits/{visit}/log",
                     "get /v1/frameworks/{id}/{edition}"])
    if calls != wanted:
        faults.append(f"the calls are {calls}, section 9 has {wanted}")
    return faults


def skipped(what, module):
    """A check that cannot run is a failure in CI and a loud line elsewhere."""
    in_ci = os.environ.get("CI", "").lower() == "true"
    print(f"{'FAILED' if in_ci else 'SKIPPED'}: {what} was NOT checked: Python module {module} is missing")
    return 1 if in_ci else 0


def run(vectors):
    """(passed, failed): one for each schema and one for openapi.yaml."""
    passed = failed = 0
    try:
        checker = Checker()
    except ModuleNotFoundError as error:
        failed += skipped("Schemas/", error.name)
    else:
        for name, kind, vector in vectors:
            try:
                checker.vector(name, kind, vector)
            except (KeyError, TypeError, AttributeError, Malformed) as error:
                print(f"Vectors/{name}: no schema check: {type(error).__name__}: {error}")
                failed += 1
        for name in NAMES:
            checker.examples(name)
            print(f"schema {name}: {checker.passed[name]} passed ({checker.refused[name]} refused), "
                  f"{checker.failed[name]} failed")
        passed += sum(checker.failed[name] == 0 for name in NAMES)
        failed += sum(checker.failed[name] > 0 for name in NAMES)
    try:
        faults = check_openapi()
    except ModuleNotFoundError as error:
        failed += skipped("openapi.yaml", error.name)
    else:
        for fault in faults:
            print(f"openapi.yaml: {fault}")
        print(f"openapi.yaml: {'faulty' if faults else 'valid'}")
        passed, failed = passed + (not faults), failed + bool(faults)
    return passed, failed
