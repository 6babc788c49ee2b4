//! Figures as a person is told them: how many, how much, how long, which day.

use jiff::civil::Date;

/// A count as it crosses to the window.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// "1 take", "3 takes".
pub(crate) fn plural(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// "1.4 GB", in the units file managers use.
pub(crate) fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["bytes", "kB", "MB", "GB"] {
        if value < 999.5 || unit == "GB" {
            let digits = usize::from(unit != "bytes" && value < 9.95);
            return format!("{value:.digits$} {unit}");
        }
        value /= 1_000.0;
    }
    String::new()
}

/// A length of time: "40 s", "8 min", "1 h 12 min".
pub(crate) fn length(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match (whole, (whole + 30) / 60) {
        (0..60, _) => format!("{whole} s"),
        (_, minutes @ 0..60) => format!("{minutes} min"),
        (_, minutes) => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

/// A moment of a take: "3:05".
pub(crate) fn moment(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

/// A day: "12 Nov 2026".
pub(crate) fn date(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_file_managers_do() {
        for (bytes, told) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1.0 kB"),
            (9_949, "9.9 kB"),
            (9_950, "10 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (1_400_000_000, "1.4 GB"),
            (1_400_000_000_000, "1400 GB"),
        ] {
            assert_eq!(size(bytes), told);
        }
    }

    #[test]
    fn lengths_and_moments_are_told_as_people_tell_them() {
        assert_eq!(
            [0.0, 59.4, 90.0, 3_570.0, 4_320.0].map(length),
            ["0 s", "59 s", "2 min", "1 h 0 min", "1 h 12 min"]
        );
        assert_eq!(moment(125.9), "2:05");
    }
}
