//! Members of an assembly whom a text names by their role alone: `ĐB Trần Văn Suối (Sơn Khê)`.

use corpus::Span;

use super::Office;
use super::table::OFFICES;
use crate::place::province_at;
use crate::words::{begins, words};

/// Bytes behind a name in which a bracket says what a member was elected in.
const BRACKET: usize = 80;

impl Office {
    /// That of a member of an assembly.
    pub(crate) fn is_of_assembly(&self) -> bool {
        let mut all = OFFICES.table.assembly.iter();
        all.any(|assembly| self.role.as_ref() == Some(&assembly.role) && self.body == assembly.body)
    }

    /// The assembly whose members hold it, and how many members that has: theirs, and those of its organs.
    pub(crate) fn assembly(&self) -> Option<(&'static str, u32)> {
        let offices = &*OFFICES;
        let ours = || offices.table.assembly.iter().filter(|_| self.country.is_none());
        let sits = ours().find(|assembly| {
            let rest = self.body.strip_suffix(assembly.body.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        })?;
        let role = &offices.table.role[*offices.by_key.get(&sits.role)?];
        role.bearers.map(|members| (sits.body.as_str(), members))
    }

    /// Gives the role of a member alone its assembly, which is the one that the text names most, and the province in the
    /// bracket behind the name, which elected the member.
    pub(crate) fn complete_in(&mut self, text: &str, name: Span) {
        let table = &OFFICES.table;
        let is_bare = self.body.is_empty() && self.country.is_none();
        if is_bare && table.assembly.iter().any(|assembly| self.role.as_ref() == Some(&assembly.bare)) {
            let all = words(text);
            let named = |said: &[String]| {
                (0..all.len())
                    .filter(|at| said.iter().any(|form| begins(&all[*at..], form).is_some()))
                    .count()
            };
            let counts = table.assembly.iter().map(|assembly| (named(&assembly.said), assembly));
            let mut counts: Vec<_> = counts.filter(|(count, _)| *count > 0).collect();
            counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
            match counts[..] {
                [(_, only)] => (self.role, self.body) = (Some(only.role.clone()), only.body.clone()),
                [(most, first), (next, _), ..] if most > next => {
                    (self.role, self.body) = (Some(first.role.clone()), first.body.clone());
                }
                _ => {}
            }
        }
        if self.is_of_assembly() && self.place.province.is_none() {
            self.place.province = in_bracket(&text[name.end()..]).map(str::to_owned);
        }
    }
}

/// The province that a bracket names which `behind` begins with.
fn in_bracket(behind: &str) -> Option<&'static str> {
    let inside = behind.trim_start().strip_prefix('(')?;
    let end = inside.find(')').filter(|end| *end <= BRACKET)?;
    let all = words(&inside[..end]);
    (0..all.len()).find_map(|at| province_at(&all[at..])).map(|(province, _)| province)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Position;

    #[test]
    fn a_member_is_of_the_assembly_that_the_text_speaks_of() {
        let check = |position: &str, before: &str, behind: &str, expected: &str| {
            const NAME: &str = "Trần Văn Suối";
            let text = format!("{before} {position} {NAME}{behind}");
            let start = text.len() - NAME.len() - behind.len();
            let mut office = Position::read(position, None).office;
            office.complete_in(&text, Span::new(start, start + NAME.len()));
            assert_eq!(office.key(), expected, "{text}");
        };
        let sits = "Quốc hội họp sáng nay.";
        check("ĐB", sits, " hỏi.", "dai-bieu-quoc-hoi.quoc-hoi");
        check("đại biểu", sits, " (Nghệ An) hỏi.", "dai-bieu-quoc-hoi.quoc-hoi.nghe-an");
        check("đại biểu", sits, " (Đoàn ĐBQH TP.HCM) hỏi.", "dai-bieu-quoc-hoi.quoc-hoi.ho-chi-minh");
        check("Đại biểu Quốc hội", "", " (Nghệ An) hỏi.", "dai-bieu-quoc-hoi.quoc-hoi.nghe-an");
        check("đại biểu", "HĐND tỉnh họp.", " hỏi.", "dai-bieu.hdnd");
        check("đại biểu", "Đại hội họp, dự Đại hội có đại biểu Quốc hội.", " hỏi.", "dai-bieu.dai-hoi");
        // Of both, or of none, nobody knows.
        check("đại biểu", "Quốc hội và HĐND họp.", " hỏi.", "dai-bieu");
        check("đại biểu", "Hội nghị họp.", " (Nghệ An) hỏi.", "dai-bieu");
        // Another role has nothing of it.
        check("Bộ trưởng", sits, " (Nghệ An) nói.", "bo-truong");
    }
}
