//! A virtual microphone, display and window driver for whole-app tests.
