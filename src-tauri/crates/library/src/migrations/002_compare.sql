-- What is found while listening with something to compare against. Like notes: the newest row of a thing counts,
-- `gone` takes it away and a later row brings it back.

-- A take, or a stretch of it, that the person holds up as a level of a signal.
CREATE TABLE anchor_pin (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    anchor  TEXT NOT NULL,
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    signal  TEXT NOT NULL,
    level   TEXT NOT NULL CHECK (level IN ('junior', 'mid', 'senior', 'staff')),
    from_ms INTEGER CHECK (from_ms >= 0),
    to_ms   INTEGER CHECK (to_ms > from_ms),
    gone    INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    CHECK ((from_ms IS NULL) = (to_ms IS NULL))
) STRICT;
CREATE INDEX anchor_pin_by_take ON anchor_pin (take, anchor, id);
CREATE INDEX anchor_pin_by_signal ON anchor_pin (signal, anchor, id);
CREATE INDEX anchor_pin_by_anchor ON anchor_pin (anchor, id);

-- When a key point is said in a take; the newest row of a key point counts, one without a moment takes it away.
CREATE TABLE key_point_moment (
    id        TEXT PRIMARY KEY,
    device    TEXT NOT NULL REFERENCES device (id),
    take      TEXT NOT NULL REFERENCES take (id),
    at_ms     INTEGER NOT NULL,
    key_point TEXT NOT NULL,
    moment_ms INTEGER CHECK (moment_ms >= 0)
) STRICT;
CREATE INDEX key_point_moment_by_take ON key_point_moment (take, key_point, id);

-- What to carry forward into the next attempt at a question.
CREATE TABLE carry_text (
    id       TEXT PRIMARY KEY,
    device   TEXT NOT NULL REFERENCES device (id),
    carry    TEXT NOT NULL,
    pack     TEXT NOT NULL,
    question TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    gone     INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
CREATE INDEX carry_text_by_question ON carry_text (pack, question, carry, id);
CREATE INDEX carry_text_by_carry ON carry_text (carry, id);

CREATE TRIGGER anchor_pin_keeps BEFORE UPDATE ON anchor_pin BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER anchor_pin_stays BEFORE DELETE ON anchor_pin BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER key_point_moment_keeps BEFORE UPDATE ON key_point_moment BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER key_point_moment_stays BEFORE DELETE ON key_point_moment BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER carry_text_keeps BEFORE UPDATE ON carry_text BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER carry_text_stays BEFORE DELETE ON carry_text BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
