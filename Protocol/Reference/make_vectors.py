#!/usr/bin/env python3
"""Writes the vectors of python origin. Running it again changes nothing; it touches nobody else's."""

import vectors_batches
import vectors_bundles
import vectors_certificates
import vectors_encoding
import vectors_wire
from authoring import write_all
from vectors_visits import make as make_visits


def main():
    out = {}
    vectors_encoding.make(out)
    vectors_certificates.make(out)
    vectors_batches.make(out)
    make_visits(out)
    vectors_wire.make(out)
    vectors_bundles.make(out)
    changed = write_all(out)
    print(f"{len(out)} vectors, {changed} files changed")


if __name__ == "__main__":
    main()
