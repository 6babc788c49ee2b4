//! Microphones and crash-safe takes.
