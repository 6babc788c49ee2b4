//! Samples in, facts out: levels, peaks, delivery.
