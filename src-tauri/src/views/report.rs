//! Reports, as the window wishes for them.

use crate::report::Format;
use crate::views::keeping::WorkView;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A report to write: of a session, or of a period.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ReportWish {
    /// The session; a period when there is none.
    pub session: Option<String>,
    /// First day of the period, as `2026-11-01`.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// How it is written.
    pub format: Format,
    /// With the recordings beside it.
    pub audio: bool,
}

/// A report that is being written.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ReportBegun {
    /// The name its file will have, to open it by.
    pub name: String,
    /// Where it lies.
    pub folder: String,
    /// The work that writes it.
    pub work: WorkView,
}
