//! What is told of a whole file: its outline, hints, lenses, links and hierarchies; and of a workspace by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;
use relmodel_ide::{Analysis, FileId, OutlineItem, Target, TextRange};

const SHOP: &str = r#"#- base.py
from sqlalchemy.orm import declarative_base
Base = declarative_base()
#- shop.py
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import relationship
from base import Base
tagging = Table("tagging", Base.metadata,
    Column("item_id", ForeignKey("item.id")), Column("tag_id", ForeignKey("tag.id")))
class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
    kind = Column(String)
    owner_id = Column(ForeignKey("owner.id"))  # relmodel: ignore[no-foreign-keys, no-such-code]
    owner = relationship("Owner", back_populates="items")
    tags = relationship("Tag", secondary=tagging, backref="items")
    lost = relationship("Nothing")
    def price(self):
        return 1
class Book(Item):
    __mapper_args__ = {"polymorphic_identity": "book"}
class Helper:
    pass
#- owner.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship
from base import Base
class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)
    items = relationship("Item", back_populates="owner")
class Tag(
    Base,
):  # a tag
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
"#;

fn shop() -> Analysis {
    support::host_of(&Fixture::parse(SHOP)).snapshot()
}

fn file(analysis: &Analysis, name: &str) -> FileId {
    analysis.file(&support::absolute(name)).unwrap()
}

fn text_at(analysis: &Analysis, target: &Target) -> String {
    let text = analysis.text(target.file).to_string();
    let line = text[..target.focus.start as usize].matches('\n').count() + 1;
    let name = analysis.path(target.file).rsplit('/').next().unwrap();
    format!("{name}:{line} {}", &text[target.focus.start as usize..target.focus.end as usize])
}

fn check_outline(name: &str, expect: &Expect) {
    fn write(text: &str, items: &[OutlineItem], depth: usize, out: &mut String) {
        for it in items {
            let focus = &text[it.focus.start as usize..it.focus.end as usize];
            assert!(it.full.start <= it.focus.start && it.focus.end <= it.full.end, "{it:?}");
            assert!(it.children.iter().all(|child| it.full.start <= child.full.start && child.full.end <= it.full.end));
            let line = format!("{}{:?} {} ({}) at {focus}", "  ".repeat(depth), it.kind, it.name, it.detail);
            out.push_str(line.lines().next().unwrap());
            out.push('\n');
            write(text, &it.children, depth + 1, out);
        }
    }
    let analysis = shop();
    let id = file(&analysis, name);
    let mut shown = String::new();
    write(&analysis.text(id).to_string(), &analysis.outline(id).unwrap(), 0, &mut shown);
    expect.assert_eq(&shown);
}

#[test]
fn an_outline_has_what_is_mapped() {
    check_outline(
        "shop.py",
        &expect![[r#"
            Table tagging (Table) at tagging
              Column item_id () at Column("item_id", ForeignKey("item.id"))
              Column tag_id () at Column("tag_id", ForeignKey("tag.id"))
            Class Item (item) at Item
              Column id (Integer) at id
              Column kind (String) at kind
              Column owner_id () at owner_id
              Relationship owner (M:1 Owner) at owner
              Relationship tags (M:M Tag) at tags
                Backref Tag.items (M:M Item) at items
              Relationship lost (?) at lost
            Class Book (item) at Book
        "#]],
    );
}

fn check_hints(name: &str, expected: &[(&str, &str)]) {
    let analysis = shop();
    let id = file(&analysis, name);
    let text = analysis.text(id).to_string();
    let hints = analysis.inlay_hints(id, TextRange::new(0, u32::try_from(text.len()).unwrap())).unwrap();
    let shown: Vec<(String, String)> = hints
        .iter()
        .map(|it| {
            let before = text[..it.offset as usize].rsplit('\n').next().unwrap().trim().to_owned();
            (before, it.parts.iter().map(|it| it.text.as_str()).collect::<String>())
        })
        .collect();
    let shown: Vec<(&str, &str)> = shown.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn hints_tell_how_many_by_which_columns_and_the_other_side() {
    check_hints(
        "shop.py",
        &[
            (r#"owner = relationship("Owner", back_populates="items")"#, "M:1 by item.owner_id, reverse Owner.items"),
            (
                r#"tags = relationship("Tag", secondary=tagging, backref="items")"#,
                "M:M by tagging.item_id, tagging.tag_id, reverse Tag.items",
            ),
        ],
    );
}

#[test]
fn hints_tell_a_class_what_backrefs_give_it() {
    check_hints(
        "owner.py",
        &[
            (r#"items = relationship("Item", back_populates="owner")"#, "1:M by item.owner_id, reverse Item.owner"),
            ("class Tag(", "has items (backref of Item.tags)"),
        ],
    );
}

#[test]
fn hints_lead_to_what_they_name_and_stay_in_the_range() {
    let analysis = shop();
    let id = file(&analysis, "owner.py");
    let text = analysis.text(id).to_string();
    let class = u32::try_from(text.find("class Tag").unwrap()).unwrap();
    let hints = analysis.inlay_hints(id, TextRange::new(class, class + 20)).unwrap();
    let [only] = hints.as_slice() else { panic!("{hints:?}") };
    let targets: Vec<String> = only.parts.iter().flat_map(|it| &it.target).map(|it| text_at(&analysis, it)).collect();
    assert_eq!(targets, ["shop.py:12 items", "shop.py:12 tags"]);
}

#[test]
fn lenses_lead_to_the_other_side() {
    let analysis = shop();
    let shown = |name| {
        let id = file(&analysis, name);
        let text = analysis.text(id).to_string();
        let lenses = analysis.code_lenses(id).unwrap();
        let shown = lenses.iter().map(|it| {
            let targets: Vec<String> = it.targets.iter().map(|it| text_at(&analysis, it)).collect();
            let name = &text[it.range.start as usize..it.range.end as usize];
            format!("{name}: {} [{}]", it.title, targets.join(", "))
        });
        shown.collect::<Vec<_>>()
    };
    assert_eq!(
        shown("shop.py"),
        [
            "Item: 1 relationship refers to it [owner.py:7 items]",
            "owner: other side: Owner.items [owner.py:7 items]",
            "tags: other side: Tag.items [shop.py:12 items]",
        ]
    );
    assert_eq!(
        shown("owner.py"),
        [
            "Owner: 1 relationship refers to it [shop.py:11 owner]",
            "items: other side: Item.owner [shop.py:11 owner]",
            "Tag: 1 relationship refers to it [shop.py:12 tags]",
        ]
    );
}

#[test]
fn codes_in_comments_lead_to_their_pages() {
    let analysis = shop();
    let id = file(&analysis, "shop.py");
    let text = analysis.text(id).to_string();
    let links = analysis.document_links(id);
    let [only] = links.as_slice() else { panic!("{links:?}") };
    assert_eq!(&text[only.range.start as usize..only.range.end as usize], "no-foreign-keys");
    assert!(only.url.ends_with("/no-foreign-keys.md"), "{}", only.url);
}

#[test]
fn symbols_of_the_workspace_are_found_by_their_letters() {
    let analysis = shop();
    let found = |query: &str| {
        let all = analysis.workspace_symbols(&analysis.files(), query).unwrap();
        all.iter().map(|it| format!("{}.{}", it.container, it.name)).collect::<Vec<_>>()
    };
    assert_eq!(found("itm"), ["shop.Item", "Owner.items", "Tag.items"]);
    assert_eq!(found("OWN"), ["owner.Owner", "Item.owner"]);
    assert_eq!(found("tag"), ["owner.Tag", "shop.tagging", "Item.tags"]);
    assert_eq!(found(""), ["shop.Book", "shop.Item", "owner.Owner", "owner.Tag", "shop.tagging"]);
    assert_eq!(found("Helper"), Vec::<String>::new());
}

#[test]
fn hierarchies_are_those_of_mappers() {
    let analysis = shop();
    let id = file(&analysis, "shop.py");
    let text = analysis.text(id).to_string();
    let at = |name: &str| u32::try_from(text.find(name).unwrap()).unwrap() + 7;
    let names = |items: Vec<relmodel_ide::HierarchyItem>| {
        items.into_iter().map(|it| format!("{} {}", it.name, it.detail)).collect::<Vec<_>>()
    };
    let item = analysis.hierarchy_item(id, at("class Item")).unwrap().unwrap();
    assert_eq!(text_at(&analysis, &item.target), "shop.py:6 Item");
    assert_eq!(names(analysis.subtypes(id, item.target.focus.start).unwrap()), ["Book single table"]);
    assert_eq!(names(analysis.supertypes(id, at("class Book")).unwrap()), ["Item "]);
    assert_eq!(names(analysis.supertypes(id, at("class Item")).unwrap()), Vec::<String>::new());
    assert_eq!(analysis.hierarchy_item(id, at("class Helper")).unwrap(), None);
}
