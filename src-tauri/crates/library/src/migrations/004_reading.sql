-- A year of practice is read at once: what schedules, statistics and lists need of every take stands in these indices,
-- in the order it is read, so that no prompt, sound fact or tick has to be passed over on the way.

CREATE INDEX take_brief ON take (id, at_ms, session, pack, question, sample_rate);
CREATE INDEX take_end_brief ON take_end (take, frames);
CREATE INDEX grade_brief
    ON grade (take, id, kind, grader, at_ms, levels, json_array_length(heard), json_array_length(missed));
CREATE INDEX take_titles ON take (id, title, place);
CREATE INDEX session_by_kind ON session (kind, pack, subject, id, at_ms);

-- Facts of delivery over time, one narrow row per take.
CREATE INDEX delivery_facts ON delivery (
    method, take, id, facts ->> '$.pause_ms', facts ->> '$.first_word_s', facts ->> '$.speech_share',
    facts ->> '$.longest_pause_s', facts ->> '$.articulation_rate', facts ->> '$.loudness_lufs'
);
