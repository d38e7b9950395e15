use super::appearance::exact;
use super::*;
use crate::office::Position;

fn appeared(document: u32, name: &str, position: &str, published: &str) -> Appeared {
    let Position { office, former, acting } = Position::read(position, None);
    let post =
        Post { office, words: position.to_owned(), guessed: false, former, acting, since: None, until: None };
    let appearance = Appearance {
        name: name.to_owned(),
        exact: exact(name),
        posts: vec![post],
        near: None,
        published: published.parse().ok(),
        retrospect: false,
    };
    Appeared { document, appearance }
}

#[test]
fn who_bears_a_rare_family_name_holds_no_office_abroad() {
    let check = |name: &str, expected: &str| {
        let group = [appeared(0, name, "Phó Chủ tịch Quốc hội", "2019-01-01")];
        assert_eq!(decide(&group, &[]).people[0].holdings[0].office.key(), expected, "{name}");
    };
    check("Uông Văn Suối", "pho-chu-tich.quoc-hoi");
    check("Tòng Thị Suối", "pho-chu-tich.quoc-hoi");
    check("Doãn Văn Suối", "pho-chu-tich.quoc-hoi");
    check("Nông Văn Suối", "pho-chu-tich.quoc-hoi");
    check("Donald Stone", "pho-chu-tich.quoc-hoi.abroad");
}

#[test]
fn an_office_is_where_most_texts_guess_it() {
    // How many texts guess it in Nghệ An, and one in Hà Tĩnh; the last of both is one text.
    let check = |often: u32, expected: &[&str]| {
        let guess = |document, place: &str| {
            let position = format!("Phó Giám đốc Sở Y tế {place}");
            let mut one = appeared(document, "Trần Văn Suối", &position, "2019-01-01");
            one.appearance.posts[0].guessed = true;
            one
        };
        let mut group: Vec<Appeared> = (0..often).map(|document| guess(document, "Nghệ An")).collect();
        group.push(guess(often - 1, "Hà Tĩnh"));
        let people = decide(&group, &[]);
        let keys: Vec<String> =
            people.offices.iter().flatten().map(Office::key).skip(often as usize).collect();
        assert_eq!(keys, expected, "{often}");
    };
    check(3, &["pho-giam-doc.so-y-te.nghe-an"]);
    check(2, &["pho-giam-doc.so-y-te.ha-tinh"]);
}

#[test]
fn central_offices_are_of_the_state_whose_others_somebody_holds() {
    // All in one text.
    let check = |positions: &[&str], expected: &str| {
        let group: Vec<Appeared> =
            positions.iter().map(|position| appeared(0, "Uông Dương Suối", position, "2019-01-01")).collect();
        let people = decide(&group, &[]);
        let offices = people.people.iter().flat_map(|person| &person.holdings);
        let keys: Vec<String> = offices.map(|holding| holding.office.key()).collect();
        assert!(keys.contains(&expected.to_owned()), "{positions:?}: {keys:?}");
    };
    let minister = "Phó Thủ tướng Trung Quốc";
    check(&[minister, minister, "Ủy viên Bộ Chính trị"], "uy-vien.chinh-tri.trung-quoc");
    // One word of another state, an ambassador there, and who leads a province here, are ours.
    check(&[minister, "Ủy viên Bộ Chính trị", "Ủy viên Bộ Chính trị"], "uy-vien.bo-chinh-tri");
    let ambassador = "Đại sứ Việt Nam tại Trung Quốc";
    check(&[ambassador, ambassador, "Ủy viên Bộ Chính trị"], "uy-vien.bo-chinh-tri");
    check(&[minister, minister, "Bí thư Tỉnh ủy Nghệ An", "Ủy viên Bộ Chính trị"], "uy-vien.bo-chinh-tri");
}

#[test]
fn a_person_is_shown_by_the_right_spelling_and_proved_by_texts_of_the_time() {
    let check = |names: &[&str], expected: &str| {
        let group: Vec<Appeared> = (0..)
            .zip(names)
            .map(|(document, name)| appeared(document, name, "Chủ tịch UBND tỉnh Nghệ An", "2019-01-01"))
            .collect();
        assert_eq!(decide(&group, &[]).people[0].name, expected, "{names:?}");
    };
    check(&["Tran Van Suoi", "Tran Van Suoi", "Trần Văn Suối"], "Trần Văn Suối");
    check(&["TRẦN VĂN SUỐI", "TRẦN VĂN SUỐI", "Trần Văn Suối"], "Trần Văn Suối");
    check(&["John Stone", "John Stone", "Jòhn Stone"], "John Stone");

    let office = "Chủ tịch UBND tỉnh Nghệ An";
    let mut group = vec![
        appeared(0, "Trần Văn Suối", office, "2019-01-01"),
        appeared(1, "Trần Văn Suối", office, "2020-01-01"),
        appeared(2, "Trần Văn Suối", office, "2023-01-01"),
    ];
    group[2].appearance.retrospect = true;
    let held = &decide(&group, &[]).people[0].holdings[0];
    assert_eq!((held.first, held.last), (0, 1));
    assert_eq!(held.seen.map(|(_, last)| last.to_string()).as_deref(), Some("2020-01-01"));
}

#[test]
fn who_is_called_a_former_holder_holds_an_office_no_more() {
    let check = |rows: &[(&str, &str)], seen: Option<&str>| {
        let rows = (0..).zip(rows);
        let group: Vec<Appeared> =
            rows.map(|(document, (words, day))| appeared(document, "Trần Văn Suối", words, day)).collect();
        let held = &decide(&group, &[]).people[0].holdings[0];
        let last = held.seen.map(|(_, last)| last.to_string());
        assert_eq!(last.as_deref(), seen, "{rows:?}", rows = group.len());
    };
    let (held, over) = ("Bộ trưởng Bộ Y tế", "nguyên Bộ trưởng Bộ Y tế");
    check(&[(held, "2017-01-10"), (over, "2018-01-10"), (held, "2018-03-01")], Some("2017-01-10"));
    check(&[(over, "2018-01-10"), (held, "2018-03-01")], None);
    // One text in many may mean another.
    let stray = [(held, "2017-01-10"), (over, "2017-02-10")];
    let many: Vec<(&str, &str)> = stray.into_iter().chain([(held, "2018-03-01"); 5]).collect();
    check(&many, Some("2018-03-01"));
}

#[test]
fn what_is_said_once_stands_for_few_short_wordings() {
    let check = |short: u32, expected: &str| {
        let whole = appeared(0, "Trần Văn Suối", "Chủ tịch Hội Sông nước", "2019-01-01");
        let others =
            (1..=short).map(|document| appeared(document, "Trần Văn Suối", "Chủ tịch", "2019-01-01"));
        let group: Vec<Appeared> = std::iter::once(whole).chain(others).collect();
        let holdings = &decide(&group, &[]).people[0].holdings;
        let most = holdings.iter().max_by_key(|holding| holding.held).unwrap();
        assert_eq!(most.office.key(), expected, "{short}");
    };
    check(8, "chu-tich.hoi-song-nuoc");
    check(11, "chu-tich");
}

#[test]
fn people_of_one_name_are_told_apart_by_office_place_and_time() {
    // For each mention the number of the person; the most mentioned is 0.
    let check = |why: &str, rows: &[(u32, &str, &str, &str)], expected: &[usize]| {
        let group: Vec<Appeared> = rows
            .iter()
            .map(|(document, name, position, day)| appeared(*document, name, position, day))
            .collect();
        assert_eq!(decide(&group, &[]).whom, expected, "{why}");
    };
    let common = "Nguyễn Văn Hùng";
    check(
        "one office in two wordings",
        &[
            (0, common, "Chủ tịch UBND TP Đà Nẵng", "2019-01-01"),
            (1, common, "Chủ tịch thành phố Đà Nẵng", "2020-01-01"),
        ],
        &[0, 0],
    );
    check(
        "two provinces at one time",
        &[
            (0, common, "Giám đốc Sở Y tế Nghệ An", "2019-01-01"),
            (1, common, "Giám đốc Sở Y tế Cà Mau", "2019-02-01"),
        ],
        &[0, 1],
    );
    let spoken = "Cố vấn Bộ Ngoại giao";
    check(
        "the same words for an office that no table knows",
        &[
            (0, "Nguyễn Thị Suối", spoken, "2019-01-01"),
            (1, "Nguyễn Thị Suối", spoken, "2019-09-01"),
            (2, "Nguyễn Thị Suối", spoken, "2023-09-01"),
        ],
        &[0, 0, 1],
    );
    check(
        "a body that every province has, nowhere named",
        &[
            (0, "Hạ Văn Suối", "Giám đốc Sở Y tế", "2019-01-01"),
            (1, "Hạ Văn Suối", "Giám đốc Sở Y tế", "2019-02-01"),
            (2, common, "Trưởng trạm Y tế phường", "2019-01-01"),
            (3, common, "Trưởng trạm Y tế phường", "2019-02-01"),
        ],
        &[0, 0, 1, 2],
    );
    // Some 0.3 others of this name are expected in office.
    let seldom = "Lê Văn Suối";
    check(
        "offices with nothing in common",
        &[
            (0, seldom, "Giám đốc Bệnh viện Khe Bến", "2019-01-01"),
            (1, seldom, "Tổng biên tập báo Sơn Khê", "2020-01-01"),
        ],
        &[0, 1],
    );
    check(
        "an office that may be a short form of the other",
        &[
            (0, seldom, "Giám đốc Bệnh viện Khe Bến", "2019-01-01"),
            (1, seldom, "Giám đốc Bệnh viện", "2020-01-01"),
        ],
        &[0, 0],
    );
    check(
        "the parts of a name of four syllables hang together",
        &[
            (0, "Phan Thị Thu Hiền", "Giám đốc Bệnh viện Khe Bến", "2019-01-01"),
            (1, "Phan Thị Thu Hiền", "Tổng biên tập báo Sơn Khê", "2020-01-01"),
        ],
        &[0, 1],
    );
    check(
        "a name that hardly anybody else bears",
        &[
            (0, "Uông Suối Núi", "Giám đốc Bệnh viện Khe Bến", "2019-01-01"),
            (1, "Uông Suối Núi", "Tổng biên tập báo Sơn Khê", "2020-01-01"),
        ],
        &[0, 0],
    );
    check(
        "one text names one person by one name",
        &[
            (0, common, "Giám đốc Sở Y tế Nghệ An", "2019-01-01"),
            (0, common, "Thứ trưởng Bộ Y tế", "2019-01-01"),
        ],
        &[0, 0],
    );
    check(
        "a deputy who becomes the head of the same house",
        &[(0, common, "Thứ trưởng Bộ Y tế", "2017-01-01"), (1, common, "Bộ trưởng Bộ Y tế", "2019-01-01")],
        &[0, 0],
    );
    check(
        "a body in other words",
        &[
            (0, common, "Giám đốc Công ty TNHH Khe Bến Thượng Sơn", "2019-01-01"),
            (1, common, "Giám đốc Cty Khe Bến Thượng Sơn", "2019-06-01"),
        ],
        &[0, 0],
    );
    check(
        "what companies' names share tells nothing",
        &[
            (0, common, "Giám đốc Công ty TNHH Khe Bến", "2019-01-01"),
            (1, common, "Giám đốc Công ty TNHH Đá Mài", "2019-06-01"),
        ],
        &[0, 1],
    );
    check(
        "a foreign name in other words of one post, and in another post",
        &[
            (0, "Josef Hallbach", "người phát ngôn Bộ Ngoại giao Đức", "2019-01-01"),
            (1, "Josef Hallbach", "Đặc phái viên của Đức", "2019-06-01"),
            (2, "Josef Hallbach", "Tổng giám đốc Tổ chức Nước sạch Thế giới", "2021-06-01"),
        ],
        &[0, 0, 0],
    );
    check(
        "a foreign name in either order",
        &[
            (0, "Kenta Morikawa", "Thủ tướng Nhật Bản", "2019-01-01"),
            (1, "Morikawa Kenta", "Thủ tướng Nhật Bản", "2019-06-01"),
        ],
        &[0, 0],
    );
    check(
        "the head of a department, then of its hospital",
        &[
            (0, common, "Trưởng khoa Nhi, Bệnh viện Hạ Sơn", "2017-01-01"),
            (1, common, "Giám đốc Bệnh viện Hạ Sơn", "2020-06-01"),
        ],
        &[0, 0],
    );
    check(
        "in two hospitals",
        &[
            (0, common, "Trưởng khoa Nhi, Bệnh viện Hạ Sơn", "2017-01-01"),
            (1, common, "Giám đốc Bệnh viện Khe Bến", "2020-06-01"),
        ],
        &[0, 1],
    );
    check(
        "another accent is another name",
        &[
            (0, "Phạm Văn Đồng", "Thủ tướng Chính phủ", "1980-01-01"),
            (1, "Phạm Văn Đông", "Cục trưởng Cục Thú y", "2017-01-01"),
        ],
        &[0, 1],
    );
    check(
        "the marks of another language tell nobody apart",
        &[
            (0, "Inés Piedra", "Tổng thống Chile", "2019-01-01"),
            (1, "Ines Piedra", "Tổng thống Chile", "2019-03-01"),
        ],
        &[0, 0],
    );
    check(
        "nor do the places of the parts of a foreign name, and its hyphen",
        &[
            (0, "Seok Do-won", "Tổng thống Hàn Quốc", "2019-01-01"),
            (1, "Seok Do Won", "Tổng thống Hàn Quốc", "2019-03-01"),
            (2, "Do-won Seok", "Tổng thống Hàn Quốc", "2019-03-01"),
            (3, "Kim Jo-won", "Tổng thống Hàn Quốc", "2019-03-01"),
        ],
        &[0, 0, 0, 1],
    );
    check(
        "two offices of one other state are one person's",
        &[
            (0, "Vương Hải Yến", "Bộ trưởng Ngoại giao Trung Quốc", "2019-01-01"),
            (1, "Vương Hải Yến", "Ủy viên Quốc vụ Trung Quốc", "2020-01-01"),
        ],
        &[0, 0],
    );
    check(
        "a text about another place means whom texts speak of much, where few hold such an office",
        &[
            (0, common, "Giám đốc Sở Y tế Nghệ An", "2020-01-01"),
            (1, common, "Giám đốc Sở Y tế Nghệ An", "2020-01-11"),
            (2, common, "Giám đốc Sở Y tế Nghệ An", "2020-02-01"),
            (3, common, "Giám đốc Sở Y tế", "2020-02-01"),
        ],
        &[0, 0, 0, 0],
    );
    check(
        "of directors there are many",
        &[(0, common, "Giám đốc Sở Y tế Nghệ An", "2020-01-01"), (1, common, "Giám đốc", "2020-02-01")],
        &[0, 1],
    );
    check(
        "of members of the National Assembly there are few",
        &[
            (0, common, "Đại biểu Quốc hội", "2020-01-01"),
            (1, common, "Đại biểu Quốc hội", "2020-06-01"),
            (2, common, "Đại biểu HĐND", "2020-06-01"),
            (3, common, "Chủ nhiệm Ủy ban Tư pháp của Quốc hội", "2020-06-01"),
            (4, common, "Đại biểu Quốc hội tỉnh Nghệ An", "2020-06-01"),
            (5, common, "Đại biểu Quốc hội tỉnh Cà Mau", "2020-06-01"),
        ],
        &[0, 0, 1, 0, 0, 2],
    );
    check(
        "a spelling without accents meets the accented one where an office agrees",
        &[
            (0, "Phạm Văn Đồng", "Chủ tịch UBND tỉnh Nghệ An", "2019-01-01"),
            (1, "Pham Van Dong", "Chairman of the People's Committee of Nghe An province", "2019-03-01"),
        ],
        &[0, 0],
    );
    check(
        "nobody is chairman of a commune and minister in one year",
        &[
            (0, "Lê Thanh Liêm", "Chủ tịch UBND xã Thạnh Phong (Bến Tre)", "2019-01-01"),
            (1, "Lê Thanh Liêm", "Bộ trưởng Bộ Y tế", "2019-06-01"),
        ],
        &[0, 1],
    );
}

#[test]
fn what_brings_mentions_together_and_keeps_people_apart_is_told() {
    let check =
        |rows: &[(u32, &str, &str, &str)], bonds: &[(usize, usize, Bond)], against: &[(usize, usize)]| {
            let group: Vec<Appeared> = rows
                .iter()
                .map(|(document, name, position, day)| appeared(*document, name, position, day))
                .collect();
            let (people, joined, apart) = explain(&group, &[]);
            assert_eq!(people.whom, decide(&group, &[]).whom);
            let joined: Vec<_> = joined.iter().map(|one| (one.first, one.second, one.by)).collect();
            assert_eq!((joined.as_slice(), apart.as_slice()), (bonds, against), "{rows:?}");
        };
    let common = "Nguyễn Văn Hùng";
    check(
        &[
            (0, common, "Giám đốc Sở Y tế Nghệ An", "2019-01-01"),
            (1, common, "Giám đốc Sở Y tế Nghệ An", "2019-03-01"),
            (2, common, "Giám đốc Sở Y tế Cà Mau", "2019-02-01"),
            (3, common, "Giám đốc Sở Y tế Cà Mau", "2019-06-01"),
            (4, common, "Giám đốc Sở Y tế Nghệ An", "2019-06-01"),
        ],
        &[(0, 1, Bond::Office), (1, 4, Bond::Office), (2, 3, Bond::Office)],
        &[(0, 1)],
    );
    check(
        &[(0, common, "Thứ trưởng Bộ Y tế", "2017-01-01"), (1, common, "Bộ trưởng Bộ Y tế", "2019-01-01")],
        &[(0, 1, Bond::HouseOrPlace)],
        &[],
    );
    check(
        &[
            (0, "Phạm Văn Đồng", "Chủ tịch UBND tỉnh Nghệ An", "2019-01-01"),
            (1, "Pham Van Dong", "Chairman of the People's Committee of Nghe An province", "2019-03-01"),
        ],
        &[(0, 1, Bond::Unaccented)],
        &[],
    );
}

#[test]
fn what_people_decide_goes_before_the_evidence() {
    let check = |why: &str, rows: &[(u32, &str, &str, &str)], same: bool, expected: &[usize]| {
        let group: Vec<Appeared> = rows
            .iter()
            .map(|(document, name, position, day)| appeared(*document, name, position, day))
            .collect();
        // The first mention and the last.
        let ruling = Ruling { decision: 1, same, first: vec![0], second: vec![rows.len() - 1] };
        let (people, bonds, against) = explain(&group, std::slice::from_ref(&ruling));
        assert_eq!(people.whom, expected, "{why}");
        assert_eq!(decide(&group, &[ruling]).whom, expected, "{why}");
        let ends = (people.whom[0], people.whom[rows.len() - 1]);
        assert_eq!(bonds.iter().any(|bond| bond.by == Bond::Decided), same, "{why}");
        assert!(same || against.contains(&ends) || against.contains(&(ends.1, ends.0)), "{why}");
    };
    let name = "Nguyễn Văn Hùng";
    let here = "Giám đốc Sở Y tế Nghệ An";
    let there = "Giám đốc Sở Y tế Cà Mau";
    let two = [(0, name, here, "2019-01-01"), (1, name, here, "2019-02-01"), (2, name, there, "2019-02-01")];
    check("two of two provinces are one", &two, true, &[0, 0, 0]);
    check("they stay two", &two, false, &[0, 0, 1]);
    check(
        "one of two texts is another; a third goes with the one of its office",
        &[
            (0, name, here, "2019-01-01"),
            (1, name, here, "2019-02-01"),
            (2, name, here, "2019-07-01"),
            (3, name, here, "2019-08-01"),
        ],
        false,
        &[0, 0, 1, 1],
    );
    check(
        "two names, one person",
        &[(0, name, here, "2019-01-01"), (1, "Thích Minh Hải", "Đại biểu Quốc hội", "2019-02-01")],
        true,
        &[0, 0],
    );
}
