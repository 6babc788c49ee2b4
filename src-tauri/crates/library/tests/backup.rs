//! Backups on a real disk: whole or refused, restored beside, and nothing left behind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod filled;

use aloud_library::{Backup, Library, LibraryError, Removal};
use filled::{add_spoken, sha256};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn go_on(_done: u64, _of: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn back_up(library: &Library, to: &Path) -> aloud_library::Result<aloud_library::Contents> {
    library.snapshot()?.write(to, "1.2.3", "2026-11-22T19:40:00Z".parse().unwrap(), &mut go_on)
}

/// Everything below a folder, by name.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

/// A library with three takes (one deleted, one as FLAC), a personal pack, and a folder beside it.
fn filled() -> (TempDir, PathBuf, String) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("library");
    let mut library = Library::open(&folder).unwrap();
    let take = add_spoken(&mut library, 48_000);
    let flac = add_spoken(&mut library, 10);
    let gone = add_spoken(&mut library, 20);
    fs::rename(library.sound_file(&flac), library.sound_file(&flac).with_extension("flac")).unwrap();
    fs::write(library.sound_file(&take).with_extension("peaks"), "derived").unwrap();
    library.delete(&gone, Removal::Take, Timestamp::now()).unwrap();
    library.add_note(&take, None, "Too fast", Timestamp::now()).unwrap();
    fs::create_dir_all(folder.join("packs/mine/bank")).unwrap();
    fs::write(folder.join("packs/mine/bank/größe.md"), "# Mine").unwrap();
    (home, folder, take)
}

#[test]
fn a_backup_restored_beside_is_the_same_library() {
    let (home, folder, take) = filled();
    let library = Library::open(&folder).unwrap();
    let file = home.path().join("backup.zip");
    let contents = back_up(&library, &file).unwrap();
    assert_eq!((contents.sounds, contents.packs, contents.holds.takes, contents.holds.notes), (2, 1, 2, 1));
    assert!((contents.holds.spoken_s - 48_010.0 / 48_000.0).abs() < 1e-6);
    assert_eq!(
        fs::read_dir(folder.join("unfinished")).unwrap().count(),
        0,
        "a copy of the database was left"
    );

    // What it holds is told without unpacking it.
    assert_eq!(Backup::open(&file).unwrap().contents(), &contents);
    let to = home.path().join("restored");
    Backup::open(&file).unwrap().restore(&to, &mut go_on).unwrap();
    let names: Vec<String> = tree(&to).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 4, "database, two takes, one file of a pack: {names:?}");
    assert_eq!(fs::read(to.join("packs/mine/bank/größe.md")).unwrap(), b"# Mine");
    let restored = Library::open(&to).unwrap();
    assert_eq!(fs::read(restored.sound_file(&take)).unwrap(), fs::read(library.sound_file(&take)).unwrap());
    let ids =
        |library: &Library| library.takes().unwrap().into_iter().map(|take| take.id).collect::<Vec<_>>();
    assert_eq!(ids(&restored), ids(&library));
    assert_eq!(restored.notes(&take).unwrap(), library.notes(&take).unwrap());
}

#[test]
fn nothing_is_overwritten_by_backing_up_or_restoring() {
    let (home, folder, _) = filled();
    let library = Library::open(&folder).unwrap();
    let file = home.path().join("backup.zip");
    back_up(&library, &file).unwrap();
    let before = tree(home.path());
    assert!(back_up(&library, &file).unwrap_err().to_string().contains("there is one already"));
    let refused = Backup::open(&file).unwrap().restore(&folder, &mut go_on).unwrap_err();
    assert!(matches!(refused, LibraryError::NotRestored(_)), "{refused}");
    assert_eq!(tree(home.path()), before);
    // An empty folder is as good as none.
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    Backup::open(&file).unwrap().restore(&empty, &mut go_on).unwrap();
    assert!(empty.join("library.db").is_file());
}

#[test]
fn cancelled_at_any_moment_it_leaves_nothing() {
    let (home, folder, _) = filled();
    let library = Library::open(&folder).unwrap();
    let file = home.path().join("backup.zip");
    let steps = |work: &mut dyn FnMut(&mut aloud_library::Progress<'_>) -> aloud_library::Result<()>,
                 clean: &dyn Fn()| {
        let mut steps = 0;
        work(&mut |_, _| {
            steps += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
        clean();
        let before = tree(home.path());
        for last in 1..=steps {
            let mut step = 0;
            let broken_off = work(&mut |done, of| {
                assert!(done <= of, "{done} of {of}");
                step += 1;
                if step == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert!(matches!(broken_off, Err(LibraryError::Cancelled)), "at {last} of {steps}");
            assert_eq!(tree(home.path()), before, "at {last} of {steps}");
        }
    };
    steps(
        &mut |progress| library.snapshot()?.write(&file, "1", Timestamp::UNIX_EPOCH, progress).map(drop),
        &|| fs::remove_file(&file).unwrap(),
    );
    back_up(&library, &file).unwrap();
    let to = home.path().join("restored");
    steps(&mut |progress| Backup::open(&file)?.restore(&to, progress), &|| fs::remove_dir_all(&to).unwrap());
}

/// What the reader says about a file, and that it left nothing behind.
fn refusal(home: &Path, bytes: &[u8]) -> String {
    let file = home.join("hostile.zip");
    fs::write(&file, bytes).unwrap();
    let before = tree(home);
    let to = home.join("restored");
    let error = Backup::open(&file).and_then(|mut backup| backup.restore(&to, &mut go_on));
    let sentence = error.expect_err("it was restored").to_string();
    assert_eq!(tree(home), before, "{sentence}");
    assert!(!home.join("restored.unfinished").exists() && !to.exists(), "{sentence}");
    assert!(
        sentence.contains(" cannot be used as a backup: ") && sentence.ends_with("Nothing was changed."),
        "{sentence}"
    );
    sentence
}

#[test]
fn every_flipped_bit_and_every_cut_is_found() {
    let (home, folder, _) = filled();
    let file = home.path().join("backup.zip");
    back_up(&Library::open(&folder).unwrap(), &file).unwrap();
    let whole = fs::read(&file).unwrap();
    let trial = TempDir::new().unwrap();
    let headers = (0..120).chain(whole.len() - 900..whole.len());
    for at in headers.chain((0..whole.len()).step_by(7_919)) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        refusal(trial.path(), &bytes);
    }
    for cut in [0, 1, 30, whole.len() / 3, whole.len() - 65, whole.len() - 64, whole.len() - 1] {
        refusal(trial.path(), &whole[..cut]);
    }
    refusal(trial.path(), &[whole.as_slice(), b"more"].concat());
    refusal(trial.path(), &[b"before", whole.as_slice()].concat());
}

const ID: &str = "0190f3a2-7c1e-7d30-9b1a-2f4c6d8e0a1b";

/// A ZIP with the seal of a real backup. Each file: its name, what is in it, and how it is listed (nothing: as it is).
struct Hostile {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    listed: Vec<serde_json::Value>,
    format: u32,
    library_format: i64,
}

impl Hostile {
    fn new(database: &[u8]) -> Self {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.set_raw_comment([b'0'; 64].into()).unwrap();
        let mut hostile = Self { zip, listed: Vec::new(), format: 1, library_format: 2 };
        hostile.add("library.db", database);
        hostile
    }

    fn stored() -> SimpleFileOptions {
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.zip.start_file(name, Self::stored()).unwrap();
        self.zip.write_all(bytes).unwrap();
        self.list(name, bytes.len() as u64, bytes);
    }

    fn list(&mut self, name: &str, len: u64, bytes: &[u8]) {
        let sha256 = sha256(bytes);
        self.listed.push(serde_json::json!({ "name": name, "bytes": len, "sha256": sha256 }));
    }

    fn sealed(mut self) -> Vec<u8> {
        let manifest = serde_json::json!({
            "app": "aloud", "format": self.format, "app_version": "1", "library_format": self.library_format,
            "made_at": "2026-11-22T19:40:00Z", "device": "d", "device_name": "n", "sounds": 0, "sound_bytes": 0, "packs": 0,
            "holds": { "sessions": 0, "takes": 0, "spoken_s": 0.0, "grades": 0, "notes": 0, "newest": null },
            "files": self.listed,
        });
        self.zip.start_file("manifest.json", Self::stored()).unwrap();
        self.zip.write_all(&serde_json::to_vec(&manifest).unwrap()).unwrap();
        let mut bytes = self.zip.finish().unwrap().into_inner();
        seal(&mut bytes);
        bytes
    }
}

fn seal(bytes: &mut [u8]) {
    let (body, end) = bytes.split_at_mut(bytes.len() - 64);
    end.copy_from_slice(sha256(body).as_bytes());
}

fn database() -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    drop(Library::open(folder.path()).unwrap());
    fs::read(folder.path().join("library.db")).unwrap()
}

#[test]
fn a_backup_made_by_hand_is_as_good_if_it_says_the_truth() {
    let home = TempDir::new().unwrap();
    let mut honest = Hostile::new(&database());
    honest.library_format = format_of(&database());
    honest.add(&format!("takes/{ID}.wav"), b"sound");
    let file = home.path().join("honest.zip");
    fs::write(&file, honest.sealed()).unwrap();
    Backup::open(&file).unwrap().restore(&home.path().join("restored"), &mut go_on).unwrap();
}

fn format_of(database: &[u8]) -> i64 {
    i64::from(u32::from_be_bytes(database[60..64].try_into().unwrap()))
}

#[test]
fn hostile_archives_are_refused_and_write_nothing() {
    let home = TempDir::new().unwrap();
    let db = database();
    let with = |change: &dyn Fn(&mut Hostile)| {
        let mut hostile = Hostile::new(&db);
        hostile.library_format = format_of(&db);
        change(&mut hostile);
        refusal(home.path(), &hostile.sealed())
    };
    for name in [
        "../outside.txt",
        "/etc/outside",
        "takes/../../outside",
        "takes/x.wav",
        "packs/a/../../../outside",
        "packs/a/.git/hook",
        "C:\\outside",
        "packs/c:/x",
        "takes\\..\\outside",
        "packs/a/con.md",
        "settings.json",
        "packs/a/x\0y",
    ] {
        assert!(with(&|h| h.add(name, b"x")).contains("a name no backup has"), "{name:?}");
    }
    let link = with(&|h| {
        let name = format!("takes/{ID}.wav");
        h.zip.add_symlink(&name, "/etc/passwd", Hostile::stored()).unwrap();
        h.list(&name, 11, b"/etc/passwd");
    });
    assert!(link.contains("packed, linked"), "{link}");
    let folder = with(&|h| {
        h.zip.add_directory("packs/a", Hostile::stored()).unwrap();
        h.list("packs/a/", 0, b"");
    });
    assert!(folder.contains("a name no backup has"), "{folder}");
    // A file that says it is huge; one that is listed and not there; one that is there and not listed; two of a kind.
    let claims = with(&|h| {
        h.zip.start_file(format!("takes/{ID}.wav"), Hostile::stored()).unwrap();
        h.list(&format!("takes/{ID}.wav"), u64::MAX / 2, b"");
    });
    assert!(claims.contains("not as long as it says"), "{claims}");
    assert!(with(&|h| h.list(&format!("takes/{ID}.wav"), 0, b"")).contains("other files than it lists"));
    let extra = with(&|h| h.zip.start_file(format!("takes/{ID}.wav"), Hostile::stored()).unwrap());
    assert!(extra.contains("other files than it lists"), "{extra}");
    let twice = with(&|h| {
        h.add("packs/a/x.md", b"x");
        h.add("packs/a/X.md", b"x");
    });
    assert!(twice.contains("listed twice"), "{twice}");
    // The wrong hash; a newer format; a database that is none, or somebody else's.
    let lie = with(&|h| {
        h.zip.start_file("packs/a/x.md", Hostile::stored()).unwrap();
        h.zip.write_all(b"x").unwrap();
        h.list("packs/a/x.md", 1, b"y");
    });
    assert!(lie.contains("packs/a/x.md is not as it was written"), "{lie}");
    assert!(with(&|h| h.format = 2).contains("newer version of Aloud"));
    assert!(with(&|h| h.library_format = 999).contains("newer version of Aloud"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    /// The same as the fuzz target `backup_reader`, on every run of the tests.
    #[test]
    fn whatever_the_bytes_the_reader_neither_panics_nor_writes_elsewhere(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        keep_whole in any::<bool>(),
        reseal in any::<bool>(),
    ) {
        let mut bytes = small_backup().clone();
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if !keep_whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if reseal && bytes.len() > 64 {
            seal(&mut bytes);
        }
        let home = TempDir::new().unwrap();
        let file = home.path().join("backup.zip");
        fs::write(&file, &bytes).unwrap();
        let to = home.path().join("restored");
        let restored = Backup::open(&file).and_then(|mut backup| backup.restore(&to, &mut go_on));
        let there = fs::read_dir(home.path()).unwrap().count();
        // Damage to a moment or a mode that nobody reads may be sealed anew and is harmless then.
        prop_assert_eq!(there, if restored.is_ok() { 2 } else { 1 });
        if restored.is_ok() {
            prop_assert!(Library::open(&to).is_ok());
        }
    }
}

/// A backup made by hand, made once.
fn small_backup() -> &'static Vec<u8> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let database = database();
        let mut honest = Hostile::new(&database);
        honest.library_format = format_of(&database);
        honest.add(&format!("takes/{ID}.wav"), b"sound");
        honest.add("packs/mine/rubric.md", b"# Mine");
        honest.sealed()
    })
}

#[test]
fn what_is_no_backup_at_all_is_told_as_such() {
    let home = TempDir::new().unwrap();
    assert!(refusal(home.path(), b"").contains("it is empty"));
    assert!(refusal(home.path(), b"not a ZIP").contains("not a ZIP that Aloud wrote"));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.set_raw_comment([b'0'; 64].into()).unwrap();
    zip.start_file("readme.txt", Hostile::stored()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert!(refusal(home.path(), &bytes).contains("not a backup of Aloud"));
    let missing = Backup::open(&home.path().join("missing.zip")).unwrap_err().to_string();
    assert!(missing.contains("there is no such file"), "{missing}");
    assert!(Backup::open(home.path()).is_err());
}

#[test]
fn a_take_with_an_id_that_is_a_path_is_refused() {
    let home = TempDir::new().unwrap();
    let folder = TempDir::new().unwrap();
    let (mut library, _) = filled::with_take(folder.path());
    let plan = filled::plan();
    let state = aloud_practice::session::State::new(plan.clone());
    let new = aloud_library::NewSession { pack: "p", plan: &plan };
    let session = library.begin_session(&new, &state, Timestamp::now()).unwrap();
    library.begin_take(&filled::new_take("../../outside", &session), Timestamp::now()).unwrap();
    drop(library);
    let database = fs::read(folder.path().join("library.db")).unwrap();
    let mut hostile = Hostile::new(&database);
    hostile.library_format = format_of(&database);
    assert!(refusal(home.path(), &hostile.sealed()).contains("an id that Aloud never gives"));
}

#[test]
fn a_copy_a_day_is_made_listed_and_thinned() {
    let (_home, folder, _) = filled();
    let library = Library::open(&folder).unwrap();
    for day in 1..=28 {
        let now = date(2026, 9, day).at(9, 0, 0, 0);
        let made = library.back_up_daily(now).unwrap().unwrap();
        assert!(made.is_file());
        assert_eq!(library.back_up_daily(now).unwrap(), None, "one a day is enough");
    }
    fs::write(library.backups_folder().join("mine.txt"), "not ours").unwrap();
    let copies = Library::database_copies(&library.backups_folder());
    let days: Vec<i8> = copies.iter().map(|copy| copy.made.day()).collect();
    assert_eq!(days, [28, 27, 26, 25, 24, 23, 22, 20, 13]);
    assert!(copies.iter().all(|copy| copy.holds.as_ref().is_some_and(|holds| holds.takes == 2)));
    assert!(library.backups_folder().join("mine.txt").is_file());
}
