/// What is to follow from every event in every condition, written out: the next condition (`=` for the
/// same) and the one thing to do.
enum ConditionTable {
  /// By the name of the condition; `cloned` stands for a device that must retire for that reason.
  static let expected = [
    "notEnrolled": """
    hello ok              -> = enrol
    hello rewound         -> = enrol
    hello forked          -> = enrol
    hello cloned          -> = enrol
    hello revoked         -> = enrol
    hello upgrade         -> = enrol
    own ok                -> = enrol
    own dup               -> = enrol
    own gap               -> = enrol
    own missing           -> = enrol
    own fork              -> = enrol
    own late              -> = enrol
    own held              -> = enrol
    own not-on-visit      -> = enrol
    own bad               -> = enrol
    other ok              -> = enrol
    other dup             -> = enrol
    other gap             -> = enrol
    other missing         -> = enrol
    other fork            -> = enrol
    other late            -> = enrol
    other held            -> = enrol
    other not-on-visit    -> = enrol
    other bad             -> = enrol
    refusal malformed     -> = enrol
    refusal nonce         -> = enrol
    refusal credential    -> = enrol
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = enrol
    refusal revoked       -> = enrol
    refusal unknown       -> = enrol
    refusal epoch         -> = enrol
    refusal too-large     -> = enrol
    refusal upgrade       -> = enrol
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = enrol
    badAnswer             -> = enrol
    unknownOwnBatch       -> = enrol
    forkInStore           -> = enrol
    visitLeftOut          -> = enrol
    retired               -> = enrol
    enrolled              -> ready go-on
    keyFound              -> = enrol
    keyMissed             -> = enrol
    storeCopied           -> = enrol
    """,
    "otherInstallation": """
    hello ok              -> = enrol-again
    hello rewound         -> = enrol-again
    hello forked          -> = enrol-again
    hello cloned          -> = enrol-again
    hello revoked         -> = enrol-again
    hello upgrade         -> = enrol-again
    own ok                -> = enrol-again
    own dup               -> = enrol-again
    own gap               -> = enrol-again
    own missing           -> = enrol-again
    own fork              -> = enrol-again
    own late              -> = enrol-again
    own held              -> = enrol-again
    own not-on-visit      -> = enrol-again
    own bad               -> = enrol-again
    other ok              -> = enrol-again
    other dup             -> = enrol-again
    other gap             -> = enrol-again
    other missing         -> = enrol-again
    other fork            -> = enrol-again
    other late            -> = enrol-again
    other held            -> = enrol-again
    other not-on-visit    -> = enrol-again
    other bad             -> = enrol-again
    refusal malformed     -> = enrol-again
    refusal nonce         -> = enrol-again
    refusal credential    -> = enrol-again
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = enrol-again
    refusal revoked       -> = enrol-again
    refusal unknown       -> = enrol-again
    refusal epoch         -> = enrol-again
    refusal too-large     -> = enrol-again
    refusal upgrade       -> = enrol-again
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = enrol-again
    badAnswer             -> = enrol-again
    unknownOwnBatch       -> = enrol-again
    forkInStore           -> = enrol-again
    visitLeftOut          -> = enrol-again
    retired               -> = enrol-again
    enrolled              -> ready go-on
    keyFound              -> = enrol-again
    keyMissed             -> = enrol-again
    storeCopied           -> = enrol-again
    """,
    "keyMissing": """
    hello ok              -> = enrol-again
    hello rewound         -> = enrol-again
    hello forked          -> = enrol-again
    hello cloned          -> = enrol-again
    hello revoked         -> = enrol-again
    hello upgrade         -> = enrol-again
    own ok                -> = enrol-again
    own dup               -> = enrol-again
    own gap               -> = enrol-again
    own missing           -> = enrol-again
    own fork              -> = enrol-again
    own late              -> = enrol-again
    own held              -> = enrol-again
    own not-on-visit      -> = enrol-again
    own bad               -> = enrol-again
    other ok              -> = enrol-again
    other dup             -> = enrol-again
    other gap             -> = enrol-again
    other missing         -> = enrol-again
    other fork            -> = enrol-again
    other late            -> = enrol-again
    other held            -> = enrol-again
    other not-on-visit    -> = enrol-again
    other bad             -> = enrol-again
    refusal malformed     -> = enrol-again
    refusal nonce         -> = enrol-again
    refusal credential    -> = enrol-again
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = enrol-again
    refusal revoked       -> = enrol-again
    refusal unknown       -> = enrol-again
    refusal epoch         -> = enrol-again
    refusal too-large     -> = enrol-again
    refusal upgrade       -> = enrol-again
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = enrol-again
    badAnswer             -> = enrol-again
    unknownOwnBatch       -> = enrol-again
    forkInStore           -> = enrol-again
    visitLeftOut          -> = enrol-again
    retired               -> = enrol-again
    enrolled              -> ready go-on
    keyFound              -> ready go-on
    keyMissed             -> = enrol-again
    storeCopied           -> otherInstallation enrol-again
    """,
    "revoked": """
    hello ok              -> ready go-on
    hello rewound         -> ready reconcile
    hello forked          -> forked retire
    hello cloned          -> cloned retire
    hello revoked         -> = tell-revoked
    hello upgrade         -> outdated tell-upgrade
    own ok                -> = mark-sent
    own dup               -> = mark-sent
    own gap               -> = send-again
    own missing           -> = send-again
    own fork              -> = mark-sent-and-tell
    own late              -> = mark-sent-and-tell
    own held              -> = mark-sent-and-tell
    own not-on-visit      -> = leave-visit
    own bad               -> = rescue-and-tell
    other ok              -> = mark-sent
    other dup             -> = mark-sent
    other gap             -> = send-again
    other missing         -> = send-again
    other fork            -> = mark-sent-and-tell
    other late            -> = mark-sent-and-tell
    other held            -> = mark-sent-and-tell
    other not-on-visit    -> = leave-visit
    other bad             -> = rescue-and-tell
    refusal malformed     -> = report-fault
    refusal nonce         -> = repeat-with-nonce
    refusal credential    -> unconfirmed repeat-with-certificates
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = leave-visit
    refusal revoked       -> = tell-revoked
    refusal unknown       -> = ask-for-visits
    refusal epoch         -> = reconcile
    refusal too-large     -> = send-less
    refusal upgrade       -> outdated tell-upgrade
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = try-later
    badAnswer             -> = report-fault
    unknownOwnBatch       -> = tell-revoked
    forkInStore           -> = tell-revoked
    visitLeftOut          -> = tell-revoked
    retired               -> = tell-revoked
    enrolled              -> ready go-on
    keyFound              -> = go-on
    keyMissed             -> keyMissing enrol-again
    storeCopied           -> otherInstallation enrol-again
    """,
    "cloned": """
    hello ok              -> = retire
    hello rewound         -> = reconcile
    hello forked          -> forked retire
    hello cloned          -> = retire
    hello revoked         -> revoked tell-revoked
    hello upgrade         -> = tell-upgrade
    own ok                -> = mark-sent
    own dup               -> = mark-sent
    own gap               -> = send-again
    own missing           -> = send-again
    own fork              -> forked retire
    own late              -> = mark-sent-and-tell
    own held              -> = mark-sent-and-tell
    own not-on-visit      -> = leave-visit
    own bad               -> = retire
    other ok              -> = mark-sent
    other dup             -> = mark-sent
    other gap             -> = send-again
    other missing         -> = send-again
    other fork            -> = mark-sent-and-tell
    other late            -> = mark-sent-and-tell
    other held            -> = mark-sent-and-tell
    other not-on-visit    -> = leave-visit
    other bad             -> = rescue-and-tell
    refusal malformed     -> = report-fault
    refusal nonce         -> = repeat-with-nonce
    refusal credential    -> = retire
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = leave-visit
    refusal revoked       -> revoked tell-revoked
    refusal unknown       -> = ask-for-visits
    refusal epoch         -> = reconcile
    refusal too-large     -> = send-less
    refusal upgrade       -> = tell-upgrade
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = try-later
    badAnswer             -> = report-fault
    unknownOwnBatch       -> restored retire
    forkInStore           -> forked retire
    visitLeftOut          -> = leave-visit
    retired               -> unconfirmed go-on
    enrolled              -> ready go-on
    keyFound              -> = go-on
    keyMissed             -> keyMissing enrol-again
    storeCopied           -> otherInstallation enrol-again
    """,
    "outdated": """
    hello ok              -> ready go-on
    hello rewound         -> ready reconcile
    hello forked          -> forked retire
    hello cloned          -> cloned retire
    hello revoked         -> revoked tell-revoked
    hello upgrade         -> = tell-upgrade
    own ok                -> = mark-sent
    own dup               -> = mark-sent
    own gap               -> = send-again
    own missing           -> = send-again
    own fork              -> forked retire
    own late              -> = mark-sent-and-tell
    own held              -> = mark-sent-and-tell
    own not-on-visit      -> = leave-visit
    own bad               -> refused retire
    other ok              -> = mark-sent
    other dup             -> = mark-sent
    other gap             -> = send-again
    other missing         -> = send-again
    other fork            -> = mark-sent-and-tell
    other late            -> = mark-sent-and-tell
    other held            -> = mark-sent-and-tell
    other not-on-visit    -> = leave-visit
    other bad             -> = rescue-and-tell
    refusal malformed     -> = report-fault
    refusal nonce         -> = repeat-with-nonce
    refusal credential    -> unconfirmed repeat-with-certificates
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = leave-visit
    refusal revoked       -> revoked tell-revoked
    refusal unknown       -> = ask-for-visits
    refusal epoch         -> = reconcile
    refusal too-large     -> = send-less
    refusal upgrade       -> = tell-upgrade
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = try-later
    badAnswer             -> = report-fault
    unknownOwnBatch       -> restored retire
    forkInStore           -> forked retire
    visitLeftOut          -> = leave-visit
    retired               -> unconfirmed go-on
    enrolled              -> ready go-on
    keyFound              -> = go-on
    keyMissed             -> keyMissing enrol-again
    storeCopied           -> otherInstallation enrol-again
    """,
    "unconfirmed": """
    hello ok              -> ready go-on
    hello rewound         -> ready reconcile
    hello forked          -> forked retire
    hello cloned          -> cloned retire
    hello revoked         -> revoked tell-revoked
    hello upgrade         -> outdated tell-upgrade
    own ok                -> = mark-sent
    own dup               -> = mark-sent
    own gap               -> = send-again
    own missing           -> = send-again
    own fork              -> forked retire
    own late              -> = mark-sent-and-tell
    own held              -> = mark-sent-and-tell
    own not-on-visit      -> = leave-visit
    own bad               -> refused retire
    other ok              -> = mark-sent
    other dup             -> = mark-sent
    other gap             -> = send-again
    other missing         -> = send-again
    other fork            -> = mark-sent-and-tell
    other late            -> = mark-sent-and-tell
    other held            -> = mark-sent-and-tell
    other not-on-visit    -> = leave-visit
    other bad             -> = rescue-and-tell
    refusal malformed     -> = report-fault
    refusal nonce         -> = repeat-with-nonce
    refusal credential    -> = enrol-again
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = leave-visit
    refusal revoked       -> revoked tell-revoked
    refusal unknown       -> = ask-for-visits
    refusal epoch         -> = reconcile
    refusal too-large     -> = send-less
    refusal upgrade       -> outdated tell-upgrade
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = try-later
    badAnswer             -> = report-fault
    unknownOwnBatch       -> restored retire
    forkInStore           -> forked retire
    visitLeftOut          -> = leave-visit
    retired               -> = go-on
    enrolled              -> ready go-on
    keyFound              -> = go-on
    keyMissed             -> keyMissing enrol-again
    storeCopied           -> otherInstallation enrol-again
    """,
    "ready": """
    hello ok              -> = go-on
    hello rewound         -> = reconcile
    hello forked          -> forked retire
    hello cloned          -> cloned retire
    hello revoked         -> revoked tell-revoked
    hello upgrade         -> outdated tell-upgrade
    own ok                -> = mark-sent
    own dup               -> = mark-sent
    own gap               -> = send-again
    own missing           -> = send-again
    own fork              -> forked retire
    own late              -> = mark-sent-and-tell
    own held              -> = mark-sent-and-tell
    own not-on-visit      -> = leave-visit
    own bad               -> refused retire
    other ok              -> = mark-sent
    other dup             -> = mark-sent
    other gap             -> = send-again
    other missing         -> = send-again
    other fork            -> = mark-sent-and-tell
    other late            -> = mark-sent-and-tell
    other held            -> = mark-sent-and-tell
    other not-on-visit    -> = leave-visit
    other bad             -> = rescue-and-tell
    refusal malformed     -> = report-fault
    refusal nonce         -> = repeat-with-nonce
    refusal credential    -> unconfirmed repeat-with-certificates
    refusal code          -> = ask-for-code
    refusal not-on-visit  -> = leave-visit
    refusal revoked       -> revoked tell-revoked
    refusal unknown       -> = ask-for-visits
    refusal epoch         -> = reconcile
    refusal too-large     -> = send-less
    refusal upgrade       -> outdated tell-upgrade
    refusal busy          -> = try-later
    refusal unavailable   -> = try-later
    noAnswer              -> = try-later
    badAnswer             -> = report-fault
    unknownOwnBatch       -> restored retire
    forkInStore           -> forked retire
    visitLeftOut          -> = leave-visit
    retired               -> unconfirmed go-on
    enrolled              -> = go-on
    keyFound              -> = go-on
    keyMissed             -> keyMissing enrol-again
    storeCopied           -> otherInstallation enrol-again
    """,
  ]
}
