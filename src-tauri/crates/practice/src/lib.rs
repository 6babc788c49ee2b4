//! Pure rules of practising: packs, sessions, grades, reruns. No I/O, no clock.
