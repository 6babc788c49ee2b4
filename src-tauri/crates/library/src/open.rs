//! Opening a library: who may, in what format, with which guarantees.

use crate::disk::{private_create, private_file, private_folder};
use crate::error::folder_error;
use crate::memory::Memory;
use crate::{Library, LibraryError, Result, backup, fresh_id, migrations, millis};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `Alou` in ASCII: marks the file as ours.
const APPLICATION_ID: i32 = 0x416C_6F75;
/// Older versions can damage a WAL that is reset while another connection writes.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The folder for work in progress.
pub(crate) const SCRATCH: &str = "unfinished";

/// What a sound's file ends in until it is whole, as `aloud-audio` writes it.
const UNFINISHED: &str = "part";

impl Library {
    /// Opens the library in `folder`, making it if there is none, and brings it to the newest format after a verified
    /// backup.
    pub fn open(folder: &Path) -> Result<Self> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            let say =
                format!("this build carries SQLite {}, which is too old to be safe", rusqlite::version());
            return Err(LibraryError::Refused(say));
        }
        crate::place::must_be_there(folder)?;
        private_folder(folder)?;
        private_folder(&folder.join("takes"))?;
        let file = folder.join("library.db");
        let mut connection = connect(&file)?;
        let fresh = gate(&connection, &file)?;
        configure(&connection, &file)?;
        migrate(&mut connection, folder, fresh)?;
        private_file(&file)?;
        let device = device(&connection)?;
        let library = Self { connection, folder: folder.to_owned(), device, memory: Memory::default() };
        library.tidy();
        Ok(library)
    }

    /// Where work in progress keeps what must not be mistaken for finished. Emptied when the library is opened.
    pub(crate) fn scratch(&self) -> Result<PathBuf> {
        let folder = self.folder.join(SCRATCH);
        private_folder(&folder)?;
        Ok(folder)
    }

    /// Removes what a crash left unfinished and finishes what it left half-done. Nobody else has the library open now.
    fn tidy(&self) {
        match crate::merge::take_back(&self.folder, &self.connection) {
            Ok(()) => {
                let _ = fs::remove_dir_all(self.folder.join(SCRATCH));
            }
            Err(error) => tracing::warn!("an unfinished merge could not be taken back: {error}"),
        }
        let entries = fs::read_dir(self.takes_folder()).into_iter().flatten().flatten();
        for unfinished in entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == UNFINISHED))
        {
            let _ = fs::remove_file(unfinished);
        }
        // The takes are there in any case; only a deletion waits for another start.
        if let Err(error) = self.settle() {
            tracing::warn!("the trash could not be put in order: {error}");
        }
    }
}

fn connect(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let folder = file.parent().unwrap_or(file);
    // SQLite makes the file with the process's umask; make it ourselves so that it is private from the start.
    if !file.exists() {
        private_create(file).map_err(|error| folder_error(folder, &error))?;
    }
    let connection = Connection::open_with_flags(file, flags)
        .map_err(|error| folder_error(folder, &std::io::Error::other(error.to_string())))?;
    // A second instance must fail at once, not after a wait.
    connection.busy_timeout(Duration::ZERO)?;
    Ok(connection)
}

/// Refuses what is not ours or newer than we know, before anything is changed. Returns whether the file is new.
pub(crate) fn gate(connection: &Connection, file: &Path) -> Result<bool> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let read = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let unreadable = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => LibraryError::Foreign(file.to_owned()),
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
            LibraryError::Damaged { file: file.to_owned(), reason: error.to_string() }
        }
        _ => error.into(),
    };
    let application = read("application_id").map_err(unreadable)?;
    let version = read("user_version").map_err(unreadable)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(unreadable)?;
    if tables == 0 && version == 0 {
        return Ok(true);
    }
    if application != i64::from(APPLICATION_ID) {
        return Err(LibraryError::Foreign(file.to_owned()));
    }
    if version > migrations::NEWEST {
        return Err(LibraryError::Newer { found: version, known: migrations::NEWEST });
    }
    Ok(false)
}

fn configure(connection: &Connection, file: &Path) -> Result<()> {
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(|error| read_only(error, file))?;
    if mode != "wal" {
        return Err(LibraryError::Refused(format!(
            "the disk does not support the journal Aloud needs (it offers {mode})"
        )));
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // Without it INSERT OR REPLACE would delete rows past the append-only triggers.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "journal_size_limit", 4 * 1024 * 1024)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

fn read_only(error: rusqlite::Error, file: &Path) -> LibraryError {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly) {
        let folder = file.parent().unwrap_or(file).to_owned();
        return LibraryError::Folder { folder, reason: "its library file is read-only".into() };
    }
    error.into()
}

fn migrate(connection: &mut Connection, folder: &Path, fresh: bool) -> Result<()> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if fresh {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    } else if version < migrations::NEWEST {
        let name =
            format!("before-format-{}-{}.db", migrations::NEWEST, Timestamp::now().strftime("%Y%m%d-%H%M%S"));
        backup::verified_copy(connection, &folder.join("backups").join(name))?;
    }
    migrations::ALL.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => LibraryError::Refused(other.to_string()),
    })
}

/// What this machine is called, as far as its system tells.
#[cfg(unix)]
fn host_name() -> Option<String> {
    rustix::system::uname().nodename().to_str().ok().map(str::to_owned)
}

/// What this machine is called, as far as its system tells.
#[cfg(not(unix))]
fn host_name() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

/// This machine's id in this library; made on first use. A library copied to another machine keeps it until then.
fn device(connection: &Connection) -> Result<String> {
    let known: Option<String> = connection
        .query_row("SELECT value ->> '$' FROM setting WHERE key = 'device'", [], |row| row.get(0))
        .map(Some)
        .or_else(|error| if error == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(error) })?;
    if let Some(device) = known {
        return Ok(device);
    }
    let device = fresh_id();
    let name = host_name().filter(|name| !name.is_empty()).unwrap_or_else(|| "this computer".into());
    connection.execute(
        "INSERT INTO device (id, name, at_ms) VALUES (?1, ?2, ?3)",
        (&device, &name, millis(Timestamp::now())),
    )?;
    connection.execute("INSERT INTO setting (key, value) VALUES ('device', json_quote(?1))", [&device])?;
    Ok(device)
}
