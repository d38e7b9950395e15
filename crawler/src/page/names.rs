//! A map whose keys are names of elements, classes and the like. Most questions are about names that it does not have:
//! they are answered by first letter and length, without hashing.

use hashbrown::HashMap;

/// The map.
#[derive(Debug)]
pub(super) struct Names<V> {
    values: HashMap<String, V>,
    /// By first byte the lengths of the names, a bit each; the last bit stands for all longer ones.
    lengths: Box<[u64; 256]>,
}

impl<V> Default for Names<V> {
    fn default() -> Self {
        Self { values: HashMap::new(), lengths: Box::new([0; 256]) }
    }
}

impl<V> Names<V> {
    pub(super) fn get(&self, name: &str) -> Option<&V> {
        let first = *name.as_bytes().first()?;
        let may_be = self.lengths[usize::from(first)] & length(name) != 0;
        may_be.then(|| self.values.get(name)).flatten()
    }

    /// The value of a name; the empty name has none.
    pub(super) fn entry(&mut self, name: &str) -> &mut V
    where
        V: Default,
    {
        if let Some(first) = name.as_bytes().first() {
            self.lengths[usize::from(*first)] |= length(name);
        }
        self.values.entry_ref(name).or_default()
    }
}

fn length(name: &str) -> u64 {
    1 << name.len().min(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_others_are_not() {
        let mut names = Names::default();
        let long = "x".repeat(70);
        for name in ["div", "dl", "ủy ban", &long] {
            *names.entry(name) = name.len();
        }
        let check =
            |name: &str, expected: Option<usize>| assert_eq!(names.get(name).copied(), expected, "{name}");
        check("div", Some(3));
        check("dl", Some(2));
        check("ủy ban", Some(8));
        check(&long, Some(70));
        check(&"x".repeat(71), None);
        check("dd", None);
        check("del", None);
        check("", None);
    }
}
