-- History: rows are only ever added. A later row about the same thing stands beside the earlier one.

CREATE TABLE device (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    at_ms   INTEGER NOT NULL
) STRICT;

-- One sitting. The plan is kept whole, so that a change of the pack cannot disturb it.
CREATE TABLE session (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    at_ms   INTEGER NOT NULL,
    pack    TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('mock', 'drill', 'rerun')),
    subject TEXT NOT NULL DEFAULT '',
    title   TEXT NOT NULL,
    plan    TEXT NOT NULL CHECK (json_valid(plan))
) STRICT;

-- Where a session stood; the newest row counts.
CREATE TABLE session_state (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    session TEXT NOT NULL REFERENCES session (id),
    at_ms   INTEGER NOT NULL,
    state   TEXT NOT NULL CHECK (json_valid(state)),
    over    INTEGER NOT NULL CHECK (over IN (0, 1))
) STRICT;
CREATE INDEX session_state_by_session ON session_state (session, id);

-- One recorded answer. The row is there before the first sample; the file is takes/<id>.wav.
CREATE TABLE take (
    id          TEXT PRIMARY KEY,
    device      TEXT NOT NULL REFERENCES device (id),
    session     TEXT NOT NULL REFERENCES session (id),
    at_ms       INTEGER NOT NULL,
    pack        TEXT NOT NULL,
    question    TEXT NOT NULL,
    stage       TEXT NOT NULL,
    title       TEXT NOT NULL,
    place       TEXT NOT NULL,
    prompt      TEXT NOT NULL,
    budget_ms   INTEGER NOT NULL CHECK (budget_ms >= 0),
    sample_rate INTEGER NOT NULL CHECK (sample_rate > 0)
) STRICT;
CREATE INDEX take_by_question ON take (pack, question, at_ms);
CREATE INDEX take_by_session ON take (session, at_ms);
CREATE INDEX take_by_time ON take (at_ms);

-- How a take ended; one per take.
CREATE TABLE take_end (
    id          TEXT PRIMARY KEY,
    device      TEXT NOT NULL REFERENCES device (id),
    take        TEXT NOT NULL UNIQUE REFERENCES take (id),
    at_ms       INTEGER NOT NULL,
    ended       TEXT NOT NULL CHECK (ended IN ('finished', 'time_up', 'interrupted')),
    frames      INTEGER NOT NULL CHECK (frames >= 0),
    lost_frames INTEGER NOT NULL DEFAULT 0 CHECK (lost_frames >= 0),
    repaired    INTEGER NOT NULL DEFAULT 0 CHECK (repaired IN (0, 1))
) STRICT;

-- Facts measured from a take's sound; derived, so a newer method adds a row beside the older one.
CREATE TABLE delivery (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    method  TEXT NOT NULL,
    facts   TEXT NOT NULL CHECK (json_valid(facts))
) STRICT;
CREATE INDEX delivery_by_take ON delivery (take, id);

-- A moment on a take's timeline: a probe, a cue, a gap.
CREATE TABLE mark (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    moment_ms INTEGER NOT NULL CHECK (moment_ms >= 0),
    mark    TEXT NOT NULL CHECK (json_valid(mark))
) STRICT;
CREATE INDEX mark_by_take ON mark (take, moment_ms);

-- A note's wording. `note` is the note's identity; the newest row counts; `gone` takes it away and a later row brings it back.
CREATE TABLE note_text (
    id        TEXT PRIMARY KEY,
    device    TEXT NOT NULL REFERENCES device (id),
    note      TEXT NOT NULL,
    take      TEXT NOT NULL REFERENCES take (id),
    at_ms     INTEGER NOT NULL,
    moment_ms INTEGER CHECK (moment_ms IS NULL OR moment_ms >= 0),
    text      TEXT NOT NULL,
    gone      INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
CREATE INDEX note_text_by_take ON note_text (take, note, id);
CREATE INDEX note_text_by_note ON note_text (note, id);

-- One judgement of a take.
CREATE TABLE grade (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('first', 'second', 'later', 'peer')),
    grader  TEXT,
    levels  TEXT NOT NULL CHECK (json_valid(levels)),
    heard   TEXT NOT NULL CHECK (json_valid(heard)),
    missed  TEXT NOT NULL CHECK (json_valid(missed)),
    flags   TEXT NOT NULL CHECK (json_valid(flags))
) STRICT;
CREATE INDEX grade_by_take ON grade (take, id);
-- The first grade is given once.
CREATE UNIQUE INDEX grade_first_once ON grade (take) WHERE kind = 'first';

-- The model answer was shown for this take.
CREATE TABLE reveal (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL
) STRICT;
CREATE INDEX reveal_by_take ON reveal (take);

-- What was written down after a session; the newest row counts.
CREATE TABLE reflection (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    session TEXT NOT NULL REFERENCES session (id),
    at_ms   INTEGER NOT NULL,
    text    TEXT NOT NULL,
    commitments TEXT NOT NULL CHECK (json_valid(commitments))
) STRICT;
CREATE INDEX reflection_by_session ON reflection (session, id);

-- The pad's edits, in batches, each batch at a moment of the take.
CREATE TABLE pad_edit (
    id        TEXT PRIMARY KEY,
    device    TEXT NOT NULL REFERENCES device (id),
    take      TEXT NOT NULL REFERENCES take (id),
    at_ms     INTEGER NOT NULL,
    moment_ms INTEGER NOT NULL CHECK (moment_ms >= 0),
    edit      TEXT NOT NULL CHECK (json_valid(edit))
) STRICT;
CREATE INDEX pad_edit_by_take ON pad_edit (take, id);

-- Choices of this machine; the only table whose rows change.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- Append-only, enforced.
CREATE TRIGGER device_keeps BEFORE UPDATE ON device BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER device_stays BEFORE DELETE ON device BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER session_keeps BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER session_stays BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER session_state_keeps BEFORE UPDATE ON session_state BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER session_state_stays BEFORE DELETE ON session_state BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER take_keeps BEFORE UPDATE ON take BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER take_stays BEFORE DELETE ON take BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER take_end_keeps BEFORE UPDATE ON take_end BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER take_end_stays BEFORE DELETE ON take_end BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER delivery_keeps BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER delivery_stays BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER mark_keeps BEFORE UPDATE ON mark BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER mark_stays BEFORE DELETE ON mark BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER note_text_keeps BEFORE UPDATE ON note_text BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER note_text_stays BEFORE DELETE ON note_text BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER grade_keeps BEFORE UPDATE ON grade BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER grade_stays BEFORE DELETE ON grade BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER reveal_keeps BEFORE UPDATE ON reveal BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER reveal_stays BEFORE DELETE ON reveal BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER reflection_keeps BEFORE UPDATE ON reflection BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER reflection_stays BEFORE DELETE ON reflection BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER pad_edit_keeps BEFORE UPDATE ON pad_edit BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER pad_edit_stays BEFORE DELETE ON pad_edit BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
