//! What can go wrong while an index is made.

/// What can go wrong while an index is made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The archive could not be read.
    #[error(transparent)]
    Archive(#[from] corpus::Error),
    /// The articles in the index are by another reader of captures.
    #[error("the index was made by another reader of captures: `yearline index --rebuild` reads them again")]
    OtherReader,
    /// The index has more than the archive.
    #[error(
        "the captures have lost their end since they were indexed, and what was kept later would be left out: put the file back from a copy, or import again what it held; then `yearline index --rebuild`"
    )]
    CapturesLost,
}
