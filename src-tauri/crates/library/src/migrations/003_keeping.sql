-- Keeping: what was deleted, what is kept for ever, and how one sound is told from another.

-- A take, or only its sound, was deleted. The newest row about a take and a thing counts: a later one brings it back.
CREATE TABLE removal (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    what    TEXT NOT NULL CHECK (what IN ('take', 'sound')),
    gone    INTEGER NOT NULL CHECK (gone IN (0, 1))
) STRICT;
CREATE INDEX removal_by_take ON removal (take, what, id);

-- A take is kept for ever, as it is, or no longer; the newest row counts.
CREATE TABLE keep (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    kept    INTEGER NOT NULL CHECK (kept IN (0, 1))
) STRICT;
CREATE INDEX keep_by_take ON keep (take, id);

-- SHA-256 of a take's samples (16 bits, little-endian), the same for WAV and FLAC; taken before the form of the file changes.
CREATE TABLE sound_hash (
    id      TEXT PRIMARY KEY,
    device  TEXT NOT NULL REFERENCES device (id),
    take    TEXT NOT NULL REFERENCES take (id),
    at_ms   INTEGER NOT NULL,
    sha256  TEXT NOT NULL CHECK (length(sha256) = 64),
    frames  INTEGER NOT NULL CHECK (frames >= 0)
) STRICT;
CREATE INDEX sound_hash_by_take ON sound_hash (take, id);

-- Two machines may each have ended and graded a take that a copied library gave to both. A merge keeps all rows, so
-- what comes once on one machine is no longer unique here; which row counts is a rule in reading (take.rs, grade.rs).
DROP INDEX grade_first_once;
CREATE TABLE take_end_merged (
    id          TEXT PRIMARY KEY,
    device      TEXT NOT NULL REFERENCES device (id),
    take        TEXT NOT NULL REFERENCES take (id),
    at_ms       INTEGER NOT NULL,
    ended       TEXT NOT NULL CHECK (ended IN ('finished', 'time_up', 'interrupted')),
    frames      INTEGER NOT NULL CHECK (frames >= 0),
    lost_frames INTEGER NOT NULL DEFAULT 0 CHECK (lost_frames >= 0),
    repaired    INTEGER NOT NULL DEFAULT 0 CHECK (repaired IN (0, 1))
) STRICT;
INSERT INTO take_end_merged (id, device, take, at_ms, ended, frames, lost_frames, repaired)
    SELECT id, device, take, at_ms, ended, frames, lost_frames, repaired FROM take_end;
DROP TABLE take_end;
ALTER TABLE take_end_merged RENAME TO take_end;
CREATE INDEX take_end_by_take ON take_end (take, frames DESC, id);

CREATE TRIGGER take_end_keeps BEFORE UPDATE ON take_end BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER take_end_stays BEFORE DELETE ON take_end BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER removal_keeps BEFORE UPDATE ON removal BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER removal_stays BEFORE DELETE ON removal BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER keep_keeps BEFORE UPDATE ON keep BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER keep_stays BEFORE DELETE ON keep BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER sound_hash_keeps BEFORE UPDATE ON sound_hash BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER sound_hash_stays BEFORE DELETE ON sound_hash BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
