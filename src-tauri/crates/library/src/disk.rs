//! Folders and files that are the owner's alone, and names that last: what was moved is in its place only once its folder
//! is on disk.

use crate::Result;
use crate::error::{file_error, folder_error};
use std::fs;
use std::io;
use std::path::Path;

/// Makes the folder with mode 0700, or tightens it.
pub(crate) fn private_folder(folder: &Path) -> Result<()> {
    let make = || -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        tighten(folder, 0o700)
    };
    make().map_err(|error| folder_error(folder, &error))
}

/// Tightens a file to 0600.
pub(crate) fn private_file(file: &Path) -> Result<()> {
    tighten(file, 0o600).map_err(|error| folder_error(file.parent().unwrap_or(file), &error))
}

/// Makes an empty file with mode 0600, to be written; one that is there is an error.
pub(crate) fn private_create(file: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

#[cfg(unix)]
fn tighten(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let now = fs::metadata(path)?.permissions().mode() & 0o777;
    if now & !mode != 0 {
        tracing::warn!("{} was readable by others; it is private now", path.display());
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn tighten(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Puts a folder's list of names on disk.
pub(crate) fn sync(folder: &Path) -> Result<()> {
    sync_names(folder).map_err(file_error("synced", folder))
}

/// Puts the name of a file or folder on disk, in the folder that holds it.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_names(folder.unwrap_or(Path::new(".")))
}

/// Elsewhere than on Unix a folder cannot be opened to be synced, and need not be.
fn sync_names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
