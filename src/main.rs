//! yearline
fn main() {}
