//! What is computed once a commit and asked for often.

use std::sync::{Arc, Mutex, PoisonError};

/// A value of the commit that was asked last.
#[derive(Debug)]
pub(crate) struct OfCommit<T>(Mutex<Option<(u64, Arc<T>)>>);

impl<T> Default for OfCommit<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> OfCommit<T> {
    /// The value of a generation of the store; `compute` also says which generation it was computed in.
    pub(crate) fn get<E>(
        &self,
        generation: u64,
        compute: impl FnOnce() -> Result<(u64, T), E>,
    ) -> Result<Arc<T>, E> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, value)) = known.filter(|(of, _)| *of == generation) {
            return Ok(value);
        }
        // Others are not kept waiting meanwhile: at worst it is computed twice.
        let (of, value) = compute()?;
        let value = Arc::new(value);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((of, Arc::clone(&value)));
        Ok(value)
    }
}
