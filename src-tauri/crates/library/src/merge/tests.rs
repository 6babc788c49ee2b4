//! Thousands of random histories on up to three machines: whatever the order, the union is the same.

use crate::keeping::Removal;
use crate::memory::Memory;
use crate::{Library, NewSession, NewTake, TakeEnd, fresh_id, migrations};
use aloud_practice::session::{Ended, Plan, PlannedPrompt, PlannedStage, SessionKind, State};
use aloud_practice::{Grade, GradeKind, Level};
use jiff::Timestamp;
use proptest::prelude::*;
use rusqlite::backup::Backup;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};

/// A library in memory, reachable by others under its address.
struct Machine {
    library: Library,
    address: String,
}

impl Machine {
    fn empty() -> Self {
        let address = format!("file:{}?mode=memory&cache=shared", fresh_id());
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_SHARED_CACHE;
        let connection = Connection::open_with_flags(&address, flags).unwrap();
        connection.pragma_update(None, "recursive_triggers", true).unwrap();
        let folder = std::env::temp_dir().join("aloud-library-in-memory");
        Self {
            library: Library { connection, folder, device: String::new(), memory: Memory::default() },
            address,
        }
    }

    fn new() -> Self {
        thread_local! {
            /// Bringing a database to the newest format takes longer than copying one.
            static FRESH: Machine = {
                let mut machine = Machine::empty();
                migrations::ALL.to_latest(&mut machine.library.connection).unwrap();
                machine
            };
        }
        let mut machine = FRESH.with(Self::copy);
        machine.library.connection.pragma_update(None, "foreign_keys", true).unwrap();
        machine.settle_in();
        machine
    }

    /// Becomes a machine of its own.
    fn settle_in(&mut self) {
        self.library.device = fresh_id();
        self.library
            .connection
            .execute(
                "INSERT INTO device (id, name, at_ms) VALUES (?1, 'a machine', 0)",
                [&self.library.device],
            )
            .unwrap();
    }

    /// The same library once more, as a copied folder is.
    fn copy(&self) -> Self {
        let mut copy = Self::empty();
        Backup::new(&self.library.connection, &mut copy.library.connection).unwrap().step(-1).unwrap();
        copy.library.connection.pragma_update(None, "foreign_keys", true).unwrap();
        copy.library.device.clone_from(&self.library.device);
        copy
    }

    fn merge(&self, other: &Self) {
        self.library.union(&other.address).unwrap();
    }

    /// Every row of every history table.
    fn rows(&self) -> BTreeSet<String> {
        let mut rows = BTreeSet::new();
        for table in self.library.history().unwrap() {
            let mut statement =
                self.library.connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
            let columns = statement.column_count();
            let found = statement
                .query_map([], |row| {
                    (0..columns).map(|column| row.get::<_, Value>(column)).collect::<Result<Vec<_>, _>>()
                })
                .unwrap();
            rows.extend(found.map(|row| format!("{table} {:?}", row.unwrap())));
        }
        rows
    }

    /// What the app reads from it.
    fn reading(&self) -> String {
        let takes: BTreeMap<_, _> =
            self.library.takes().unwrap().into_iter().map(|take| (take.id.clone(), take)).collect();
        let grades = self.library.all_grades().unwrap();
        let notes: Vec<_> = takes.keys().map(|take| self.library.notes(take).unwrap()).collect();
        let over: Vec<_> = self.library.sessions().unwrap().into_iter().map(|s| (s.id, s.over)).collect();
        format!("{takes:?} {grades:?} {notes:?} {over:?}")
    }
}

/// Something a person does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Record,
    End(usize, u16),
    Grade(usize, u8),
    Reveal(usize),
    Note(usize),
    EditNote(usize, bool),
    Remove(usize, bool, bool),
    Keep(usize, bool),
    Save,
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<usize>;
    prop_oneof![
        3 => Just(Deed::Record),
        3 => (which(), any::<u16>()).prop_map(|(take, frames)| Deed::End(take, frames)),
        3 => (which(), 0_u8..4).prop_map(|(take, kind)| Deed::Grade(take, kind)),
        1 => which().prop_map(Deed::Reveal),
        2 => which().prop_map(Deed::Note),
        2 => (which(), any::<bool>()).prop_map(|(note, gone)| Deed::EditNote(note, gone)),
        2 => (which(), any::<bool>(), any::<bool>()).prop_map(|(take, whole, back)| Deed::Remove(take, whole, back)),
        1 => (which(), any::<bool>()).prop_map(|(take, kept)| Deed::Keep(take, kept)),
        1 => Just(Deed::Save),
    ]
}

fn plan() -> Plan {
    let prompt = PlannedPrompt {
        question: "q".into(),
        title: "Q".into(),
        budget_ms: None,
        probes: 0,
        pad: None,
        optional: false,
    };
    let stage = PlannedStage { id: "q".into(), title: "Q".into(), budget_ms: 1, prompts: vec![prompt] };
    Plan { kind: SessionKind::Drill, title: "D".into(), thinking_ms: 0, stages: vec![stage] }
}

/// Does it, if the library allows it now.
fn act(machine: &mut Machine, deed: Deed) {
    let library = &mut machine.library;
    let now = Timestamp::now();
    let takes: Vec<String> = library.takes().unwrap().into_iter().map(|take| take.id).collect();
    let pick = |index: usize| takes.get(index % takes.len().max(1)).map_or("", String::as_str);
    // A refusal is part of life.
    let _ = match deed {
        Deed::Record => {
            let plan = plan();
            let new = NewSession { pack: "p", plan: &plan };
            let session = library.begin_session(&new, &State::new(plan.clone()), now).unwrap();
            library.begin_take(
                &NewTake {
                    id: &fresh_id(),
                    session: &session,
                    pack: "p",
                    question: "q",
                    stage: "q",
                    title: "Q",
                    place: "",
                    prompt: "",
                    budget_ms: 1,
                    sample_rate: 48_000,
                },
                now,
            )
        }
        Deed::End(take, frames) => {
            let end =
                TakeEnd { ended: Ended::Finished, frames: frames.into(), lost_frames: 0, repaired: false };
            library.end_take(pick(take), end, now)
        }
        Deed::Grade(take, kind) => {
            let kind = [GradeKind::First, GradeKind::Second, GradeKind::Later, GradeKind::Peer]
                [usize::from(kind % 4)];
            let by = (kind == GradeKind::Peer).then(|| "Kim".to_owned());
            let levels = BTreeMap::from([("depth".to_owned(), Level::Mid)]);
            library.add_grade(
                pick(take),
                &Grade { kind, by, levels, heard: vec![], missed: vec![], flags: vec![] },
                now,
            )
        }
        Deed::Reveal(take) => library.add_reveal(pick(take), now),
        Deed::Note(take) => library.add_note(pick(take), None, "a note", now).map(drop),
        Deed::EditNote(take, gone) => match library.notes(pick(take)).unwrap().first() {
            Some(note) if gone => library.set_note_gone(&note.id, true, now).map(drop),
            Some(note) => library.edit_note(&note.id, "another wording", now).map(drop),
            None => Ok(()),
        },
        Deed::Remove(take, whole, back) => {
            let what = if whole { Removal::Take } else { Removal::Sound };
            if back {
                library.restore(pick(take), what, now).map(drop)
            } else {
                library.delete(pick(take), what, now)
            }
        }
        Deed::Keep(take, kept) => library.set_kept(pick(take), kept, now),
        Deed::Save => match library.sessions().unwrap().first() {
            Some(session) => library.save_session(&session.id, &State::new(plan()), now),
            None => Ok(()),
        },
    };
}

/// Deeds of the machine everything began on, and of the three that went on with copies of its library.
fn histories() -> impl Strategy<Value = (Vec<Deed>, Vec<(usize, Deed)>, [bool; 3])> {
    (
        prop::collection::vec(deed(), 0..8),
        prop::collection::vec((0_usize..3, deed()), 0..24),
        // Whether a machine knows that it is another one than the one its library was copied from.
        any::<[bool; 3]>(),
    )
}

fn machines(common: &[Deed], own: &[(usize, Deed)], settled: [bool; 3]) -> [Machine; 3] {
    let mut first = Machine::new();
    for deed in common {
        act(&mut first, *deed);
    }
    let mut machines = settled.map(|settled| {
        let mut copy = first.copy();
        if settled {
            copy.settle_in();
        }
        copy
    });
    for (machine, deed) in own {
        act(&mut machines[*machine], *deed);
    }
    machines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_number_of_merges_gives_the_same_union((common, own, settled) in histories()) {
        let [a, b, c] = machines(&common, &own, settled);
        let all: BTreeSet<String> = [&a, &b, &c].iter().flat_map(|machine| machine.rows()).collect();

        // a with b with c, and each twice.
        let one = a.copy();
        for other in [&b, &b, &c, &c, &b] {
            one.merge(other);
        }
        // c with (b with a), a coming twice.
        let two = c.copy();
        let ba = b.copy();
        ba.merge(&a);
        two.merge(&ba);
        two.merge(&a);
        prop_assert_eq!(&one.rows(), &all, "nothing is lost and nothing invented");
        prop_assert_eq!(&two.rows(), &all);
        prop_assert_eq!(one.reading(), two.reading(), "the same rows must read the same");
        // Nothing new: merging back and forth ends.
        prop_assert_eq!(one.library.union(&two.address).unwrap().rows, 0);
        prop_assert_eq!(one.library.union(&one.copy().address).unwrap().rows, 0);
    }
}

#[test]
fn two_firsts_and_two_ends_of_one_take_read_the_same_everywhere() {
    let mut first = Machine::new();
    act(&mut first, Deed::Record);
    let (mut a, mut b) = (first.copy(), first.copy());
    act(&mut a, Deed::End(0, 48_000));
    act(&mut b, Deed::End(0, 100));
    act(&mut b, Deed::Grade(0, 0));
    act(&mut a, Deed::Grade(0, 0));
    let (ab, ba) = (a.copy(), b.copy());
    ab.merge(&b);
    ba.merge(&a);
    for merged in [&ab, &ba] {
        let take = &merged.library.takes().unwrap()[0];
        assert_eq!(take.end.unwrap().frames, 48_000, "the end with more sound counts");
        let kinds: Vec<_> =
            merged.library.grades(&take.id).unwrap().iter().map(|stored| stored.grade.kind).collect();
        assert_eq!(kinds, [GradeKind::First, GradeKind::Later], "the earlier first is the first");
    }
    assert_eq!(ab.reading(), ba.reading());
}

#[test]
fn what_was_changed_behind_our_back_is_refused_and_changes_nothing() {
    let mut a = Machine::new();
    act(&mut a, Deed::Record);
    act(&mut a, Deed::End(0, 48_000));
    act(&mut a, Deed::Grade(0, 0));
    let tamper = |sql: &str| {
        let other = a.copy();
        let connection = &other.library.connection;
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        let triggers = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'";
        let triggers: String = connection.query_row(triggers, [], |row| row.get(0)).unwrap();
        let names =
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'";
        let names: String = connection.query_row(names, [], |row| row.get(0)).unwrap();
        connection.execute_batch(&names).unwrap();
        connection.execute_batch(sql).unwrap();
        connection.execute_batch(&triggers).unwrap();
        other
    };
    let before = a.rows();
    for (sql, says) in [
        ("UPDATE grade SET levels = '{}'", "(grade) has the same id"),
        ("UPDATE take SET title = 'Another'", "(take) has the same id"),
        ("CREATE TABLE more (a)", "not those of Aloud"),
        ("CREATE VIEW more AS SELECT 1", "not those of Aloud"),
        ("CREATE TRIGGER more AFTER INSERT ON grade BEGIN SELECT 1; END", "not those of Aloud"),
        ("DROP TABLE grade; CREATE VIEW grade AS SELECT 1 AS id", "not those of Aloud"),
        (
            "INSERT INTO session_state SELECT 'x', device, session, at_ms, '{}', over FROM session_state",
            "cannot be read by this version",
        ),
        (
            "INSERT INTO grade SELECT 'x', device, 'nowhere', at_ms, kind, grader, levels, heard, missed, flags FROM grade",
            "points to nothing",
        ),
    ] {
        // Without its triggers a trigger of the table that was dropped cannot come back.
        let other = if sql.starts_with("DROP TABLE") {
            let other = a.copy();
            other.library.connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
            other
        } else {
            tamper(sql)
        };
        let refused = a.library.union(&other.address).unwrap_err().to_string();
        assert!(refused.starts_with("Nothing was merged: ") && refused.contains(says), "{sql}: {refused}");
        assert_eq!(a.rows(), before, "{sql}");
    }
    // And goes on to work.
    assert_eq!(a.library.union(&a.copy().address).unwrap().rows, 0);
}
