"""Vectors of section 1 and 2.6: json/, text64/, codes/, enrolments/."""

from authoring import IDENTITY, Kind, key, seeded
from encoding import enrolment_code, enrolment_digest, fingerprint, text64

MAX = 9_007_199_254_740_991


def nested(depth):
    return b"[" * depth + b"]" * depth


# slug, sentence, input, canonical form (None: not strict JSON). Written by hand, not by the reader.
JSON = [
    ("members-sorted", "Members are sorted by key as bytes, upper case before lower",
     b'{"b":1,"a":2,"B":3,"a-":4,"a1":5}', b'{"B":3,"a":2,"a-":4,"a1":5,"b":1}'),
    ("space-and-tab", "Space and tab around tokens are insignificant",
     b' \t{ "a"\t: [ 1 ,\t2 ] } ', b'{"a":[1,2]}'),
    ("line-feed", "A line feed is no white space of a line", b'{"a":\n1}', None),
    ("carriage-return", "A carriage return is no white space of a line", b'{"a":1}\r', None),
    ("greatest-integers", "Integers reach 2^53-1 in both directions",
     b"[9007199254740991,-9007199254740991,0]", b"[9007199254740991,-9007199254740991,0]"),
    ("integer-beyond", "2^53 is out of range", b"9007199254740992", None),
    ("integer-below", "-2^53 is out of range", b"-9007199254740992", None),
    ("integer-huge", "An integer of 400 digits is malformed and harmless", b"9" * 400, None),
    ("fraction", "A fraction is malformed even where it is a whole number", b"1.0", None),
    ("exponent", "An exponent is malformed even where it is a whole number", b"1e5", None),
    ("negative-zero", "Negative zero is malformed", b"[-0]", None),
    ("leading-zero", "A leading zero is malformed", b"01", None),
    ("plus", "A leading plus is malformed", b"+1", None),
    ("minus-alone", "A minus without digits is malformed", b"[-]", None),
    ("null", "null is malformed", b"null", None),
    ("null-inside", "null is malformed as a member's value", b'{"a":null}', None),
    ("not-a-number", "NaN is no value", b"NaN", None),
    ("capital-true", "Literals are lower case", b"True", None),
    ("booleans", "true and false are values", b"[true,false]", b"[true,false]"),
    ("key-twice", "An object has no key twice", b'{"a":1,"a":1}', None),
    ("key-twice-escaped", "Keys are compared after unescaping", b'{"a":1,"\\u0061":2}', None),
    ("key-escaped", "A key may be escaped", b'{"\\u0061":1}', b'{"a":1}'),
    ("key-empty", "A key has at least one character", b'{"":1}', None),
    ("key-64", "A key has at most 64 characters: 64", b'{"' + b"k" * 64 + b'":1}',
     b'{"' + b"k" * 64 + b'":1}'),
    ("key-65", "A key has at most 64 characters: 65", b'{"' + b"k" * 65 + b'":1}', None),
    ("key-space", "A key has no space", b'{"a b":1}', None),
    ("key-not-ascii", "A key is ASCII", '{"é":1}'.encode(), None),
    ("key-delete", "U+007F is no character of a key", b'{"\x7f":1}', None),
    ("key-quote", "A key may hold a quotation mark and a backslash", b'{"\\"\\\\":1}',
     b'{"\\"\\\\":1}'),
    ("nested-8", "Containers nest 8 deep", nested(8), nested(8)),
    ("nested-9", "Containers do not nest 9 deep", nested(9), None),
    ("nested-mixed-9", "Objects and arrays count alike", b'{"a":' * 5 + nested(4) + b"}" * 5, None),
    ("nested-40000", "Nesting of 40,000 is refused without harm", b"[" * 40_000, None),
    ("short-escapes", "The eight short escapes are read; control characters are written as \\u00xx",
     b'"\\"\\\\\\/\\b\\f\\n\\r\\t"', b'"\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009"'),
    ("escape-upper-hex", "Hexadecimal digits of either case are read", b'"\\u00E9\\u00e9"',
     '"éé"'.encode()),
    ("surrogate-pair", "An escaped surrogate pair is one character", b'"\\ud83c\\udfe5"',
     '"🏥"'.encode()),
    ("surrogate-high", "A high surrogate alone is malformed", b'"\\ud83c"', None),
    ("surrogate-low", "A low surrogate alone is malformed", b'"\\udfe5"', None),
    ("surrogates-reversed", "Surrogates in the wrong order are malformed", b'"\\udfe5\\ud83c"', None),
    ("surrogate-then-other", "A high surrogate needs a low one behind it", b'"\\ud83c\\u0041"', None),
    ("nul-escaped", "U+0000 is malformed as an escape", b'"a\\u0000b"', None),
    ("nul-raw", "U+0000 is malformed raw", b'"a\x00b"', None),
    ("control-raw", "A raw control character in a string is malformed", b'"a\tb"', None),
    ("unknown-escape", "An unknown escape is malformed", b'"\\x41"', None),
    ("short-unicode-escape", "A \\u escape has four digits", b'"\\u12"', None),
    ("delete-raw", "U+007F stands in a string and is written raw", b'"\\u007f\x7f"', b'"\x7f\x7f"'),
    ("line-separator", "U+2028 stands in a string and is written raw", b'"\\u2028"',
     '"\u2028"'.encode()),
    ("no-normalisation", "Composed and decomposed letters stay different",
     '["é","e\u0301"]'.encode(), '["é","e\u0301"]'.encode()),
    ("noncharacter", "U+FFFF and U+10FFFF are characters like others", b'"\\uffff\\udbff\\udfff"',
     '"\uffff\U0010ffff"'.encode()),
    ("byte-order-mark", "A byte order mark in front is malformed", b'\xef\xbb\xbf{"a":1}', None),
    ("byte-order-mark-inside", "U+FEFF inside a string is a character", b'"\xef\xbb\xbf"',
     b'"\xef\xbb\xbf"'),
    ("encoded-surrogate", "A surrogate encoded in UTF-8 is malformed", b'"\xed\xa0\xbc"', None),
    ("overlong", "An overlong encoding is malformed", b'"\xc1\x81"', None),
    ("overlong-nul", "An overlong U+0000 is malformed", b'"\xc0\x80"', None),
    ("beyond-unicode", "A code point beyond U+10FFFF is malformed", b'"\xf4\x90\x80\x80"', None),
    ("truncated-utf8", "A truncated UTF-8 sequence is malformed", b'"\xe2\x82"', None),
    ("latin-1", "A byte of Latin-1 is malformed", b'"caf\xe9"', None),
    ("empty", "Nothing is no value", b"", None),
    ("only-space", "White space is no value", b"  ", None),
    ("trailing-comma", "A trailing comma is malformed", b"[1,]", None),
    ("trailing-comma-object", "A trailing comma in an object is malformed", b'{"a":1,}', None),
    ("two-values", "Bytes behind the value are malformed", b"{} {}", None),
    ("single-quotes", "Strings stand in double quotes", b"{'a':1}", None),
    ("comment", "Comments are malformed", b"[1/*one*/]", None),
    ("truncated", "An unfinished object is malformed", b'{"a":"b', None),
    ("bare-word-key", "A key is a string", b'{a:1}', None),
    ("missing-colon", "Key and value are joined by a colon", b'{"a" 1}', None),
    ("empty-containers", "Empty containers and strings are values", b'[{},[],""]', b'[{},[],""]'),
]

TEXT = [
    ("empty", "No characters are no bytes", "", b""),
    ("eight-bytes", "8 bytes are 11 characters", "AAECAwQFBgc", bytes(range(8))),
    ("sixteen-bytes", "16 bytes are 22 characters", "_____________________w",
     bytes.fromhex("ff" * 16)),
    ("alphabet", "The alphabet is that of base64url", "-_-_", bytes.fromhex("fbffbf")),
    ("plus-and-slash", "The characters of plain base64 are malformed", "+/+/", None),
    ("padding", "Padding is malformed", "AA==", None),
    ("spare-bits", "Unused low bits are zero: two characters", "AB", None),
    ("spare-bits-three", "Unused low bits are zero: three characters", "AAB", None),
    ("one-character", "No length leaves the remainder 1", "AAAAA", None),
    ("space", "A space is malformed", "AA A", None),
    ("line-feed", "A line feed is malformed", "AAA\n", None),
    ("not-ascii", "A letter outside the alphabet is malformed", "AAAé", None),
    ("thirty-two", "32 bytes are 43 characters", text64(seeded("text", 32)), seeded("text", 32)),
]


def make_codes(out):
    codes = Kind("codes", out)
    secret, mark = seeded("secret", 10), fingerprint(IDENTITY.public)
    good = enrolment_code(secret, mark)
    fields = {"secret": secret.hex(), "fingerprint": mark.hex(), "written": good}
    codes.add("as-written", "A code as a producer writes it carries secret and fingerprint", code=good,
              ok=True, identity=text64(IDENTITY.public), **fields)
    codes.add("lower-case", "Lower case is read", code=good.lower(), ok=True, **fields)
    codes.add("without-dashes", "Dashes may be left out", code=good.replace("-", ""), ok=True, **fields)
    codes.add("odd-spaces", "Spaces and dashes may stand anywhere",
              code="  " + "- ".join(good.replace("-", "")) + " -", ok=True, **fields)
    zeros = {"secret": "00" * 10, "fingerprint": "00" * 9 + "01", "written": "0000-" * 7 + "0001"}
    codes.add("letters-for-digits", "O is read as 0, I and L as 1, in either case",
              code="OOoo-" * 7 + "OooL", ok=True, **zeros)
    codes.add("letter-i", "I is read as 1", code="0000" * 7 + "000i", ok=True, **zeros)
    last = {"secret": "ff" * 10, "fingerprint": "ff" * 10, "written": "-".join(["ZZZZ"] * 8)}
    codes.add("all-ones", "The last letter of the alphabet is Z", code="zzzz" * 8, ok=True, **last)
    codes.add("letter-u", "U is no character of a code", code="U" + good[1:], ok=False)
    codes.add("too-short", "31 characters are too few", code=good[:-1], ok=False)
    codes.add("too-long", "33 characters are too many", code=good + "0", ok=False)
    codes.add("empty", "An empty text is no code", code="", ok=False)
    codes.add("tab", "A tab is not skipped", code=good.replace("-", "\t", 1), ok=False)
    codes.add("not-ascii", "A full-width digit is no character of a code", code="０" + good[1:], ok=False)
    codes.add("dotless-i", "A letter that only looks like I is no character of a code",
              code="ı" + good[1:], ok=False)


def make_enrolments(out):
    enrolments = Kind("enrolments", out)
    secret, new = seeded("secret", 10), key(1)
    good = new.sign(enrolment_digest(secret, new.public))
    base = {"secret": text64(secret), "key": text64(new.public)}
    enrolments.add("good", "The new key signs secret and itself", **base, sig=text64(good), ok=True)
    enrolments.add("other-secret", "A signature over another secret proves nothing", **base,
                   sig=text64(new.sign(enrolment_digest(seeded("other", 10), new.public))), ok=False)
    enrolments.add("other-key", "A signature by another key proves nothing", **base,
                   sig=text64(key(2).sign(enrolment_digest(secret, new.public))), ok=False)
    enrolments.add("label-left-out", "A signature over the bare secret and key proves nothing", **base,
                   sig=text64(new.sign(secret + new.public)), ok=False)


def make(out):
    kind = Kind("json", out)
    for slug, what, data, form in JSON:
        result = {"ok": False} if form is None else {"ok": True, "canonical": text64(form)}
        kind.add(slug, what, bytes=text64(data), **result)
    kind = Kind("text64", out)
    for slug, what, text, data in TEXT:
        result = {"ok": False} if data is None else {"ok": True, "bytes": data.hex()}
        kind.add(slug, what, text=text, **result)
    make_codes(out)
    make_enrolments(out)
