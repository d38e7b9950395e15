//! The bundled sample: an invented province, Sơn Khê, with its newspaper and its portal.

pub(crate) mod layout;
pub(crate) mod pages;
pub(crate) mod site;

#[cfg(test)]
mod tests;
