//! Keys that bring mentions of the same thing together.
