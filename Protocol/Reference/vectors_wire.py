"""Vectors of sections 7.3, 8 and 9.1: heads/, requests/, frames/."""

from authoring import CLOCK, EPOCH, IDENTITY, VISIT, Device, Kind, compact, key, line_member, person, seeded
from encoding import labelled, log_start, request_digest, text64

SERVER = key(9)
OTHER = key(8)
MAX = 9_007_199_254_740_991


def make(out):
    make_heads(Kind("heads", out))
    make_requests(Kind("requests", out))
    make_frames(Kind("frames", out))


def head(**changes):
    members = {"v": 1, "visit": text64(VISIT), "epoch": text64(EPOCH), "position": 12,
               "digest": text64(seeded("digest", 32)), "replica": text64(SERVER.replica)} | changes
    return compact({k: v for k, v in members.items() if v is not None}).encode()


def make_heads(kind):
    def add(slug, what, ok, line, signer=SERVER, by=SERVER, label="fieldbook head 1"):
        kind.add(slug, what, **line_member(line), sig=text64(signer.sign(labelled(label, line))),
                 key=text64(by.public), ok=ok)

    add("good", "A head line signed by the replica it names", True, head())
    add("empty-log", "Position 0 is the head of an empty log", True,
        head(position=0, digest=text64(log_start(VISIT))))
    add("last-position", "Positions reach 2^53-1", True, head(position=MAX))
    add("unknown-member", "Unknown members are covered by the signature", True, head(more={"a": [1]}))
    add("other-signer", "A signature by another key", False, head(), OTHER)
    add("other-replica", "A good signature by a replica that the line does not name", False, head(),
        OTHER, OTHER)
    add("as-batch", "A signature under the label of a batch", False, head(), label="fieldbook batch 1")
    for slug, what, line in [
        ("version-2", "An unknown version", head(v=2)), ("no-visit", "visit is missing", head(visit=None)),
        ("epoch-short", "epoch is 16 bytes", head(epoch="AAAA")),
        ("position-negative", "A position is not negative", head(position=-1)),
        ("position-as-text", "A position is an integer", head(position="12")),
        ("digest-short", "digest is 32 bytes", head(digest=text64(bytes(31)))),
        ("key-twice", "A head line is strict JSON", head().replace(b'"v":1', b'"v":1,"v":1')),
        ("float", "A position has no fraction", head().replace(b":12,", b":12.0,")),
        ("long", "A head line has at most 4,096 bytes", head(more="x" * 4096)),
        ("array", "A head line is an object", b"[]"),
    ]:
        add(slug, what, False, line)


def make_requests(kind):
    replica = key(1)

    def add(slug, what, method, target, nonce, body, signed=None, signer=replica):
        """`signed`: what was signed instead of what is sent."""
        signature = signer.sign(request_digest(*(signed or (method, target, nonce, body))))
        ok = signed is None and signer is replica
        more = {} if not ok else {
            "authorization": f"Fieldbook {text64(replica.replica)}.{nonce}.{text64(signature)}"}
        kind.add(slug, what, method=method, target=target, nonce=nonce, body=text64(body),
                 key=text64(replica.public), sig=text64(signature), ok=ok, **more)

    nonce, other = text64(seeded("nonce", 16)), text64(seeded("nonce 2", 16))
    log = f"/v1/visits/{text64(VISIT)}/log"
    body = b'{"end":{}}\n'
    add("push", "The proof covers method, path, nonce and body", "POST", "/v1/push", nonce, body)
    add("query", "The query is part of the target, as sent", "GET",
        f"{log}?after={text64(EPOCH)}.12&limit=50", nonce, b"")
    add("empty-body", "An empty body is hashed like others", "GET", "/v1/visits", nonce, b"")
    add("binary-body", "The body is hashed as sent, compressed or not", "POST", "/v1/sync", nonce,
        bytes(range(256)))
    add("other-method", "Another method", "POST", "/v1/push", nonce, body,
        ("PUT", "/v1/push", nonce, body))
    add("other-query", "Another query", "GET", log + "?limit=2", nonce, b"", ("GET", log, nonce, b""))
    add("other-nonce", "Another nonce", "POST", "/v1/push", other, body,
        ("POST", "/v1/push", nonce, body))
    add("other-body", "Another body", "POST", "/v1/push", nonce, body,
        ("POST", "/v1/push", nonce, b'{"end": {}}\n'))
    add("shifted", "Parts that join to the same characters elsewhere", "POST", "/v1/push", nonce, body,
        ("POST", "/v1/push\n" + nonce[:2], nonce[2:], body))
    add("other-signer", "Another replica's signature", "POST", "/v1/push", nonce, body, signer=OTHER)


def frame(name, value=None, line=None):
    data = compact({name: value or {}}).encode() + b"\n"
    return data + line + b"\n" if line is not None else data


def make_frames(kind):
    device, server = Device(1, 1), Device(9)
    certificate = device.certificate()["line"].encode()
    batch = device.seal({"k": "x"}).line
    sig = {"sig": text64(bytes(range(64)))}
    end = frame("end")

    def add(slug, what, body, frames=None, complete=True):
        """`frames`: names, or (name, sealed line); None: malformed."""
        if frames is None:
            kind.add(slug, what, body=text64(body), ok=False)
            return
        listed = [{"frame": f} if type(f) is str else {"frame": f[0], "line": text64(f[1])}
                  for f in frames]
        kind.add(slug, what, body=text64(body), ok=True, frames=listed, complete=complete)

    push = frame("certificate", sig, certificate) + frame("batch", sig, batch)
    pushed = [("certificate", certificate), ("batch", batch)]
    page = {"visit": text64(VISIT), "position": 2, "digest": text64(seeded("digest", 32)), "more": False}
    own = {"hash": text64(seeded("digest", 32)), "at": 1, "rx": CLOCK}
    add("push", "A push of one batch, with the certificate in front", push + end, pushed + ["end"])
    add("log", "An answer to `log`: batches, own ones, page and head",
        frame("certificate", sig, certificate) + frame("own", own)
        + frame("batch", sig | {"at": 2, "rx": CLOCK}, batch) + frame("page", page)
        + frame("head", sig, head()) + end,
        [pushed[0], "own", pushed[1], "page", ("head", head()), "end"])
    results = [{"code": "ok", "visit": text64(VISIT), "replica": device.name, "b": 1, "at": 7},
               {"code": "gap", "next": 3}, {"code": "bad", "why": "signature"},
               {"code": "missing", "deps": [[server.name, 4, text64(bytes(16))]]}]
    add("results", "An answer to `push`: one result a batch",
        b"".join(frame("result", r) for r in results) + end, ["result"] * 4 + ["end"])
    add("enrolled", "An answer to `enrol`", frame("enrolled", {
        "identity": text64(IDENTITY.public), "server": "Server", "epoch": text64(EPOCH),
        "person": text64(person(1)), "name": "Reviewer"}) + push[:len(push) - len(frame("batch", sig, batch))]
        + end, ["enrolled", pushed[0], "end"])
    add("hello", "A call of `hello`", frame("hello", {
        "v": [1], "client": "vector", "model": 1, "clock": CLOCK, "propose": text64(seeded("token", 16)),
        "visits": [[text64(VISIT), text64(EPOCH), 2, text64(seeded("digest", 32))]]}) + end,
        ["hello", "end"])
    add("empty", "An empty body was cut short", b"", [], False)
    add("only-end", "`end` alone is complete", end, ["end"])
    add("without-end", "A body without `end` was cut short; whole batches in it are good", push, pushed, False)
    add("end-without-line-feed", "An `end` whose line feed is missing was cut", push + end[:-1], pushed, False)
    add("cut-in-sealed-line", "A sealed line that was cut is left out with its announcement",
        push[:-10], pushed[:1], False)
    add("cut-behind-announcement", "An announcement without its line is left out",
        frame("batch", sig), [], False)
    add("cut-in-frame", "A frame that was cut is left out", push + b'{"en', pushed, False)
    add("unknown-frame", "Unknown frames are skipped", frame("weather", {"a": 1}) + push
        + b'{"sun":"rise"}\n' + end, pushed + ["end"])
    add("unknown-members", "Unknown members of a known frame are allowed",
        frame("batch", sig | {"colour": "green"}, batch) + frame("end", {"x": 1}),
        [pushed[1], "end"])
    add("white-space", "White space in a frame is allowed", b' {"end" :\t{} } \n', ["end"])
    add("sealed-line-not-read", "A sealed line is not looked into here, whatever it holds",
        frame("batch", sig, b"\xff\r") + frame("batch", sig, b"") + frame("head", sig, end[:-1]) + end,
        [("batch", b"\xff\r"), ("batch", b""), ("head", end[:-1]), "end"])
    add("large-sealed-line", "A sealed line above the limit of a batch is that batch's own fault",
        frame("batch", sig, b"x" * 65_537) + end, [("batch", b"x" * 65_537), "end"])
    padded = b'{"weather":"' + b"x" * (65_536 - 14) + b'"}\n'
    add("frame-65536", "A frame line has at most 65,536 bytes: 65,536", padded + end, ["end"])
    for slug, what, body in [
        ("frame-65537", "A frame line has at most 65,536 bytes: 65,537", padded.replace(b"x", b"xx", 1) + end),
        ("behind-end", "Nothing stands behind `end`", end + frame("weather")),
        ("cut-behind-end", "Not even a line that was cut stands behind `end`", end + b"{"),
        ("end-twice", "`end` stands once", end + end),
        ("empty-line", "An empty line is no frame", b"\n" + end),
        ("two-members", "A frame has one member", b'{"end":{},"page":{}}\n'),
        ("no-member", "A frame has one member, not none", b"{}\n" + end),
        ("array", "A frame is an object", b"[]\n" + end),
        ("value-no-object", "The value of a known frame is an object", b'{"end":true}\n'),
        ("key-twice", "A frame is strict JSON", b'{"end":{},"end":{}}\n'),
        ("carriage-return", "Lines end with a line feed alone", b'{"end":{}}\r\n'),
        ("batch-without-sig", "A batch frame has a signature", frame("batch", {"at": 1}, batch) + end),
        ("sig-short", "A signature is 64 bytes", frame("batch", {"sig": "AAAA"}, batch) + end),
        ("result-unknown-code", "A result has a code of section 10", frame("result", {"code": "fine"}) + end),
        ("page-without-more", "A page says whether there is more",
         frame("page", {k: v for k, v in page.items() if k != "more"}) + end),
    ]:
        add(slug, what, body)

    replica, fork = device.name, device.name + "/" + text64(seeded("branch", 8))
    hashes = [text64(seeded(f"end {n}", 32)) for n in range(2)]
    ends = [[replica, 3, 17, hashes[0]], [fork, 4, 18, hashes[1]]]
    streams = {"visit": text64(VISIT), "ends": ends}
    held = {"visit": text64(VISIT), "places": [0, 1]}
    add("reconcile", "A call of `reconcile`: how far streams are held, branches too, and a head as proof",
        frame("streams", streams) + frame("head", sig, head()) + end, ["streams", ("head", head()), "end"])
    add("reconciled", "An answer to `reconcile`: the history, what is held, the server's own streams",
        frame("history", {"epoch": text64(EPOCH)}) + frame("held", held) + frame("streams", streams) + end,
        ["history", "held", "streams", "end"])
    add("nothing-held", "Of a visit that is not here, or not for the caller, nothing is held",
        frame("held", held | {"places": []}) + end, ["held", "end"])
    many = [[replica, n + 1, n + 1, hashes[0]] for n in range(513)]
    add("ends-512", "A frame names at most 512 ends of streams: 512",
        frame("streams", streams | {"ends": many[:512]}) + end, ["streams", "end"])
    add("not-on-visit", "A batch that a stranger brought has a result of its own",
        frame("result", {"code": "not-on-visit", "visit": text64(VISIT), "replica": replica, "b": 1}) + end,
        ["result", "end"])
    for slug, what, body in [
        ("ends-513", "A frame names at most 512 ends of streams: 513", frame("streams", streams | {"ends": many})),
        ("end-of-three", "An end names replica, batch, counter and hash",
         frame("streams", streams | {"ends": [ends[0][:3]]})),
        ("end-behind-its-batch", "A counter is at least the number of its batch",
         frame("streams", streams | {"ends": [[replica, 3, 2, hashes[0]]]})),
        ("end-on-the-trunk", "The trunk is never spelt out",
         frame("streams", streams | {"ends": [[replica + "/AAAAAAAAAAA", 3, 17, hashes[0]]]})),
        ("held-descending", "Places ascend", frame("held", held | {"places": [1, 0]})),
        ("held-twice", "A place stands once", frame("held", held | {"places": [1, 1]})),
        ("held-512", "A place is one of a frame's, from 0 to 511", frame("held", held | {"places": [512]})),
        ("history-without-epoch", "A history is named by its epoch", frame("history", {})),
    ]:
        add(slug, what, body + end)
    add("hello-with-receipt", "A call of `hello` with the token that was accepted last and its receipt", frame("hello", {
        "v": [1], "client": "vector", "model": 1, "clock": CLOCK, "held": text64(seeded("token", 16)),
        "receipt": text64(seeded("receipt", 24)), "propose": text64(seeded("next token", 16)), "visits": []}) + end,
        ["hello", "end"])
    add("hello-answer", "An answer to `hello` that gives a receipt", frame("hello", {
        "v": 1, "time": CLOCK, "epoch": text64(EPOCH), "state": "ok", "server": "Server",
        "receipt": text64(seeded("receipt", 24)), "limits": {"batchLineBytes": 65536}}) + end, ["hello", "end"])
