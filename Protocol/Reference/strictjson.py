"""Strict JSON (section 1.2) and canonical JSON (section 1.4).

The reader works on bytes, is total, and shares nothing with the standard library's: what json.loads
accepts (floats, NaN, duplicate keys, lone surrogates) is exactly what must be refused here.
"""

MAXIMUM = 2**53 - 1
NESTING = 8
KEY_CHARACTERS = 64

_SHORT = {
    0x22: '"', 0x5C: "\\", 0x2F: "/", 0x62: "\b", 0x66: "\f", 0x6E: "\n", 0x72: "\r", 0x74: "\t",
}
_DIGITS = frozenset(b"0123456789")
_HEX = frozenset(b"0123456789abcdefABCDEF")
_FRACTION = frozenset(b".eE")


class Malformed(Exception):
    """The bytes are not what they have to be. The message says where and why."""


class Reader:
    """Reads one value. `sizes` holds the length in bytes of every object, by identity."""

    def __init__(self, data):
        self.data = data
        self.at = 0
        self.depth = 0
        self.sizes = {}

    def fail(self, why):
        raise Malformed(f"{why} at byte {self.at}")

    def peek(self):
        """The next byte, or -1 at the end."""
        return self.data[self.at] if self.at < len(self.data) else -1

    def space(self):
        while self.peek() in (0x20, 0x09):
            self.at += 1

    def expect(self, word):
        if self.data[self.at:self.at + len(word)] != word:
            self.fail(f"expected {word.decode()}")
        self.at += len(word)

    def document(self):
        try:
            self.data.decode("utf-8", "strict")
        except UnicodeDecodeError as error:
            raise Malformed(f"not UTF-8 at byte {error.start}") from None
        self.space()
        value = self.value()
        self.space()
        if self.at != len(self.data):
            self.fail("bytes behind the value")
        return value

    def value(self):
        byte = self.peek()
        if byte == 0x7B:
            return self.nested(self.object)
        if byte == 0x5B:
            return self.nested(self.array)
        if byte == 0x22:
            return self.string()
        if byte == 0x74:
            self.expect(b"true")
            return True
        if byte == 0x66:
            self.expect(b"false")
            return False
        if byte == 0x2D or byte in _DIGITS:
            return self.integer()
        return self.fail("no value")

    def nested(self, read):
        if self.depth == NESTING:
            self.fail("nested too deep")
        self.depth += 1
        start = self.at
        value = read()
        self.depth -= 1
        self.sizes[id(value)] = self.at - start
        return value

    def object(self):
        self.expect(b"{")
        members = {}
        self.space()
        if self.peek() == 0x7D:
            self.at += 1
            return members
        while True:
            self.space()
            key = self.string()
            if not 1 <= len(key) <= KEY_CHARACTERS or any(not "!" <= c <= "~" for c in key):
                self.fail("key out of form")
            if key in members:
                self.fail("key twice")
            self.space()
            self.expect(b":")
            self.space()
            members[key] = self.value()
            self.space()
            if self.peek() == 0x2C:
                self.at += 1
                continue
            self.expect(b"}")
            return members

    def array(self):
        self.expect(b"[")
        values = []
        self.space()
        if self.peek() == 0x5D:
            self.at += 1
            return values
        while True:
            self.space()
            values.append(self.value())
            self.space()
            if self.peek() == 0x2C:
                self.at += 1
                continue
            self.expect(b"]")
            return values

    def integer(self):
        start = self.at
        if self.peek() == 0x2D:
            self.at += 1
        first = self.at
        while self.peek() in _DIGITS:
            self.at += 1
        digits = self.data[first:self.at]
        if not digits:
            self.fail("no digits")
        if digits[:1] == b"0" and (len(digits) > 1 or start != first):
            self.fail("leading or negative zero")
        if self.peek() in _FRACTION:
            self.fail("fraction or exponent")
        if len(digits) > 16:
            self.fail("integer out of range")
        number = int(digits)
        if number > MAXIMUM:
            self.fail("integer out of range")
        return -number if start != first else number

    def string(self):
        self.expect(b'"')
        parts = []
        start = self.at
        while True:
            byte = self.peek()
            if byte < 0x20:
                self.fail("string not ended, or control character")
            if byte == 0x22:
                parts.append(self.data[start:self.at].decode())
                self.at += 1
                return "".join(parts)
            self.at += 1
            if byte == 0x5C:
                parts.append(self.data[start:self.at - 1].decode())
                parts.append(self.escape())
                start = self.at

    def escape(self):
        byte = self.peek()
        self.at += 1
        if byte in _SHORT:
            return _SHORT[byte]
        if byte != 0x75:
            self.fail("unknown escape")
        unit = self.unit()
        if 0xD800 <= unit <= 0xDBFF:
            self.expect(b"\\u")
            low = self.unit()
            if not 0xDC00 <= low <= 0xDFFF:
                self.fail("surrogate without its pair")
            return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        if 0xDC00 <= unit <= 0xDFFF:
            self.fail("surrogate without its pair")
        if unit == 0:
            self.fail("U+0000")
        return chr(unit)

    def unit(self):
        digits = self.data[self.at:self.at + 4]
        if len(digits) != 4 or any(d not in _HEX for d in digits):
            self.fail("four hexadecimal digits expected")
        self.at += 4
        return int(digits, 16)


def parse(data):
    """The value of `data`: dict, list, str, int or bool. Raises Malformed."""
    return Reader(data).document()


def parse_line(data):
    """An object that is a whole line, and the size in bytes of each object within it by identity."""
    reader = Reader(data)
    value = reader.document()
    if type(value) is not dict:
        raise Malformed("a line is an object")
    return value, reader.sizes


def canonical(value):
    """Canonical JSON as bytes."""
    out = []
    _write(value, out)
    return "".join(out).encode()


def _write(value, out):
    if value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif type(value) is int:
        out.append(str(value))
    elif type(value) is str:
        _write_string(value, out)
    elif type(value) is list or type(value) is tuple:
        out.append("[")
        for index, element in enumerate(value):
            if index:
                out.append(",")
            _write(element, out)
        out.append("]")
    elif type(value) is dict:
        out.append("{")
        for index, key in enumerate(sorted(value)):
            if index:
                out.append(",")
            _write_string(key, out)
            out.append(":")
            _write(value[key], out)
        out.append("}")
    else:
        raise TypeError(f"no JSON value: {value!r}")


def _write_string(text, out):
    out.append('"')
    for c in text:
        if c == '"':
            out.append('\\"')
        elif c == "\\":
            out.append("\\\\")
        elif c < " ":
            out.append(f"\\u{ord(c):04x}")
        else:
            out.append(c)
    out.append('"')


def is_integer(value, least=-MAXIMUM, most=MAXIMUM):
    """Whether this is an integer in a range; a bool is none."""
    return type(value) is int and least <= value <= most
