//! A folder, read into a pack.
//!
//! Promise: only regular files inside the folder are opened, each at most [`MAX_FILE_BYTES`] long; links are refused;
//! reading goes on after a problem, so that one run names them all.

mod bank;
mod folder;
mod mocks;
mod single;

use crate::check;
use crate::problem::{Problem, Severity};
use crate::question::Place;
use aloud_practice::pack::Pack;
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) use folder::Folder;
pub(crate) use single::chapters;

/// No pack file is longer than this.
pub(crate) const MAX_FILE_BYTES: u64 = 5 * 1024 * 1024;
/// No pack has more files than this.
pub(crate) const MAX_FILES: usize = 2_000;

/// What reading a folder gave.
#[derive(Debug)]
pub struct Reading {
    /// The pack, as far as it could be read. Use it only when [`Reading::is_well`].
    pub pack: Option<Pack>,
    /// Everything that is wrong, in the order of files and lines.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Whether the pack can be used: it was read and has no errors (warnings are fine).
    pub fn is_well(&self) -> bool {
        self.pack.is_some() && !self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// How many problems are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// Reads the pack in the folder `root` and checks it.
pub fn read(root: &Path) -> Reading {
    let mut problems = Vec::new();
    let folder = Folder::open(root, &mut problems);
    reading(folder.as_ref(), problems)
}

/// Reads a pack from its texts by their path inside it.
pub(crate) fn read_texts(texts: &BTreeMap<String, String>) -> Reading {
    reading(Some(&Folder::of(texts)), Vec::new())
}

fn reading(folder: Option<&Folder>, mut problems: Vec<Problem>) -> Reading {
    let pack = folder.and_then(|folder| pack(folder, &mut problems));
    problems.sort();
    problems.dedup();
    Reading { pack, problems }
}

fn pack(folder: &Folder, problems: &mut Vec<Problem>) -> Option<Pack> {
    let front = single::front(folder, problems)?;
    let rubric = single::rubric(folder, problems);
    let place = if front.personal { Place::Personal } else { Place::Bank };
    let mut pack = Pack {
        id: front.id,
        title: front.title,
        about: front.about,
        target: front.target,
        language: front.language,
        licence: front.licence,
        rubric,
        sections: bank::sections(folder, place, problems),
        mocks: mocks::mocks(folder, problems),
        checklist: single::checklist(folder, problems),
        retired: front.retired,
        personal: front.personal,
    };
    check::whole(&mut pack, folder, problems);
    Some(pack)
}
