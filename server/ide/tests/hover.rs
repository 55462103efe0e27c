//! The cards that hover shows: of each kind of relationship, of classes, tables and columns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;

/// Checks the card at the cursor, with links as the text that they lead to.
fn check(text: &str, expect: &Expect) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&support::absolute(&fixture.files[file].path)).unwrap();
    let hover = analysis.hover(id, offset).unwrap().expect("there is a card");
    let card = hover.card.markdown(|target| {
        let text = analysis.text(target.file).to_string();
        let line = text[..target.focus.start as usize].matches('\n').count() + 1;
        Some(format!("{line}:{}", &text[target.focus.start as usize..target.focus.end as usize]))
    });
    expect.assert_eq(&card);
}

const MODELS: &str = r#"from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import backref, declarative_base, relationship
Base = declarative_base()
tagging = Table("tagging", Base.metadata,
    Column("post_id", ForeignKey("post.id"), primary_key=True), Column("tag_id", ForeignKey("tag.id"), primary_key=True))
class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    title = Column("headline", String, nullable=False)
    author_id = Column(ForeignKey("person.id"))
    tags = relationship("Tag", secondary=tagging, backref=backref("posts", lazy="selectin"))
    author = relationship("Person", back_populates="posts", cascade="all")
class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="author", viewonly=True)
class Author(Person):
    __tablename__ = "author"
    id = Column(ForeignKey("person.id"), primary_key=True)
"#;

fn at(before: &str, after: &str) -> String {
    let found = format!("{before}{after}");
    assert_eq!(MODELS.matches(&found).count(), 1, "{found}");
    MODELS.replacen(&found, &format!("{before}$0{after}"), 1)
}

#[test]
fn a_many_to_many_and_where_its_backref_comes_from() {
    check(
        &at("backref(\"po", "sts\""),
        &expect![[r#"
            ```python
            Tag.posts -> Post
            ```

            **many-to-many (M:M)**: a `Tag` has any number of `Post`, and the other way round

            ```sql
            post.id = tagging.post_id AND tag.id = tagging.tag_id
            ```

            - target: [`Post`](6:Post)
            - foreign key: [`tagging.post_id`](5:Column("post_id", ForeignKey("post.id"), primary_key=True))
            - foreign key: [`tagging.tag_id`](5:Column("tag_id", ForeignKey("tag.id"), primary_key=True))
            - secondary: [`tagging`](4:tagging)
            - reverse: [`Post.tags`](11:tags)
            - made by the `backref` of [`Post.tags`](11:tags)
            - cascade: `save-update, merge` (default)
            - lazy: `selectin`
        "#]],
    );
}

#[test]
fn what_only_reads_has_no_cascade() {
    check(
        &at("    po", "sts = relationship"),
        &expect![[r#"
            ```python
            Person.posts -> Post
            ```

            **one-to-many (1:M)**: a `Person` has any number of `Post`, a `Post` one `Person`

            ```sql
            person.id = post.author_id
            ```

            - target: [`Post`](6:Post)
            - foreign key: [`post.author_id`](10:author_id)
            - reverse: [`Post.author`](12:author)
            - viewonly
            - lazy: `select` (default)
        "#]],
    );
}

#[test]
fn a_class_with_what_backrefs_make() {
    check(
        &at("class Ta", "g(Base)"),
        &expect![[r#"
            ```python
            class models.Tag
            ```

            mapped to table [`tag`](14:tag)

            - `id` Integer, primary key
            - `posts` → [`Post`](6:Post), many-to-many (M:M), a backref
        "#]],
    );
}

#[test]
fn a_class_that_inherits() {
    check(
        &at("class Auth", "or(Person)"),
        &expect![[r#"
            ```python
            class models.Author
            ```

            mapped to table [`author`](21:author), inherits from [`Person`](16:Person)

            - `id`, primary key, foreign key to [`person.id`](18:id)
        "#]],
    );
}

#[test]
fn a_column_and_what_its_key_leads_to() {
    check(
        &at("    author_", "id = Column"),
        &expect![[r#"
            column `post.author_id`, foreign key to [`person.id`](18:id)

            - may be NULL
        "#]],
    );
    check(
        &at("    tit", "le = Column"),
        &expect![[r#"
            column `post.headline` String

            - is never NULL
            - attribute `title`
        "#]],
    );
}

#[test]
fn a_table() {
    check(
        &at("ForeignKey(\"pers", "on.id\"), primary_key=True)"),
        &expect![[r#"
            table `person` of [`Person`](16:Person)

            - `id` Integer, primary key
        "#]],
    );
}
