//! The names a backup's files may have. Anything else is refused, so no name can point outside.

/// Folders deep a pack may be.
const DEEPEST: usize = 8;
/// Bytes in one part of a name.
const LONGEST: usize = 200;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Manifest,
    Database,
    Take,
    Pack,
}

/// What this name stands for; nothing when no backup has it.
pub(super) fn kind(name: &str) -> Option<Kind> {
    match name {
        "manifest.json" => Some(Kind::Manifest),
        "library.db" => Some(Kind::Database),
        _ => match name.split_once('/')? {
            ("takes", file) => is_take(file).then_some(Kind::Take),
            ("packs", path) => is_plain_path(path).then_some(Kind::Pack),
            _ => None,
        },
    }
}

/// Whether this is the file name of a take: its id and its form.
pub(crate) fn is_take(file: &str) -> bool {
    file.split_once('.').is_some_and(|(id, form)| is_id(id) && crate::keeping::FORMS.contains(&form))
}

/// Whether this is an id as the library gives them. Ids name files, so nothing else may pass for one.
pub(crate) fn is_id(id: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| {
            if hyphens.contains(&at) { byte == b'-' } else { matches!(byte, b'0'..=b'9' | b'a'..=b'f') }
        })
}

/// Whether a path stays where it is put, on every system: plain names, not too many, none hidden or reserved.
pub(super) fn is_plain_path(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    (2..=DEEPEST).contains(&parts.len()) && parts.iter().all(|part| is_plain(part))
}

fn is_plain(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let reserved = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(char::is_numeric));
    !part.is_empty()
        && part.len() <= LONGEST
        && !part.starts_with('.')
        && !part.ends_with(['.', ' '])
        && !part.chars().any(|c| c.is_control() || "\\/:*?\"<>|".contains(c))
        && !reserved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_stay_inside_are_known() {
        let id = "0190f3a2-7c1e-7d30-9b1a-2f4c6d8e0a1b";
        for (name, known) in [
            ("manifest.json".to_owned(), Some(Kind::Manifest)),
            ("library.db".to_owned(), Some(Kind::Database)),
            (format!("takes/{id}.wav"), Some(Kind::Take)),
            (format!("takes/{id}.flac"), Some(Kind::Take)),
            ("packs/mine/bank/01-first/01-größe.md".to_owned(), Some(Kind::Pack)),
        ] {
            assert_eq!(kind(&name), known, "{name}");
        }
        for name in [
            "",
            "/",
            "takes/",
            "library.db/",
            "/library.db",
            "../library.db",
            "takes/../library.db",
            "LIBRARY.DB",
            "takes/x.wav",
            "takes/../../x.wav",
            "takes\\x.wav",
            "setting.json",
            "packs/a",
            "packs//a/b",
            "packs/a/../b",
            "packs/a/./b",
            "packs/a/.git",
            "packs/a/b\\c",
            "packs/c:/b",
            "packs/a/con",
            "packs/a/COM1.md",
            "packs/a/b\0c",
            "packs/a/b. ",
            "packs/1/2/3/4/5/6/7/8/9",
        ] {
            assert_eq!(kind(name), None, "{name:?}");
        }
        assert_eq!(kind(&format!("takes/{id}.wav/x")), None);
        assert_eq!(kind(&format!("takes/{}.wav", id.to_uppercase())), None);
        assert_eq!(kind(&format!("packs/a/{}", "x".repeat(300))), None);
    }
}
