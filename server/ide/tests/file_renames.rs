//! Files and folders that are renamed: the lines of other files that follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;
use relmodel_ide::{FileMove, Home, OutsideFile};

/// Moves one path to another, and checks the lines that change, file by file. Files below `plain/` are not held.
fn check(text: &str, (old, new): (&str, &str), expect: &Expect) {
    let mut fixture = Fixture::parse(text);
    let is_outside = |it: &relmodel_fixture::FixtureFile| it.path.starts_with("plain/");
    let outside: Vec<OutsideFile> = fixture.files.iter().filter(|it| is_outside(it)).map(unheld).collect();
    fixture.files.retain(|it| !is_outside(it));
    let analysis = support::host_of(&fixture).snapshot();
    let moves = [FileMove { old: support::absolute(old), new: support::absolute(new) }];
    let mut shown = String::new();
    for (home, edits) in analysis.move_files(&moves, &outside, true).unwrap() {
        let (path, before) = match home {
            Home::File(file) => (analysis.path(file), analysis.text(file).to_string()),
            Home::Outside(index) => (outside[index].path.as_str(), outside[index].text.clone()),
        };
        let mut after = before.clone();
        for it in edits.iter().rev() {
            after.replace_range(it.range.start as usize..it.range.end as usize, &it.replacement);
        }
        shown.push_str(path.trim_start_matches("/ws/"));
        shown.push_str(":\n");
        let old: Vec<&str> = before.lines().collect();
        for line in after.lines().filter(|it| !old.contains(it)) {
            shown.push_str("    ");
            shown.push_str(line.trim());
            shown.push('\n');
        }
    }
    expect.assert_eq(&shown);
}

fn unheld(it: &relmodel_fixture::FixtureFile) -> OutsideFile {
    let path = support::absolute(&it.path);
    OutsideFile { path, text: it.text.clone(), search_path: vec!["/ws".to_owned()] }
}

const APP: &str = r#"
#- app/__init__.py
#- app/base.py
from sqlalchemy.orm import declarative_base
Base = declarative_base()
#- app/models/__init__.py
from .user import User
from . import post, user
__all__ = ["User", "user"]
#- app/models/user.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship
from ..base import Base
from .post import Post
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    posts = relationship("app.models.post.Post", back_populates="user")
#- app/models/post.py
from typing import TYPE_CHECKING
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship
from ..base import Base
if TYPE_CHECKING:
    from app.models.user import User
class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("user.User", back_populates="posts", primaryjoin="app.models.user.User.id == Post.user_id")
#- plain/views.py
import app.models.user
import app.models.user as people
from app.models import post, user as them, user
def show(session, name):
    from app.models.user import User
    return session.query(app.models.user.User).filter(user.User.id == people.User.id, them.User.id == post.Post.id)
"#;

#[test]
fn a_file_that_is_renamed_is_followed() {
    check(
        APP,
        ("app/models/user.py", "app/models/member.py"),
        &expect![[r#"
            app/models/__init__.py:
                from .member import User
                from . import post, member
                __all__ = ["User", "member"]
            app/models/post.py:
                from app.models.member import User
                user = relationship("member.User", back_populates="posts", primaryjoin="app.models.member.User.id == Post.user_id")
            plain/views.py:
                import app.models.member
                import app.models.member as people
                from app.models import post, member as them, member
                from app.models.member import User
                return session.query(app.models.member.User).filter(member.User.id == people.User.id, them.User.id == post.Post.id)
        "#]],
    );
}

#[test]
fn a_file_that_is_moved_takes_its_own_relative_imports_along() {
    check(
        APP,
        ("app/models/user.py", "app/accounts/people/user.py"),
        &expect![[r#"
            app/models/__init__.py:
                from ..accounts.people.user import User
                from . import post
                from ..accounts.people import user
            app/models/post.py:
                from app.accounts.people.user import User
                user = relationship("user.User", back_populates="posts", primaryjoin="app.accounts.people.user.User.id == Post.user_id")
            app/models/user.py:
                from ...base import Base
                from ...models.post import Post
            plain/views.py:
                import app.accounts.people.user
                import app.accounts.people.user as people
                from app.models import post, user
                from app.accounts.people import user as them
                from app.accounts.people import user
                from app.accounts.people.user import User
                return session.query(app.accounts.people.user.User).filter(user.User.id == people.User.id, them.User.id == post.Post.id)
        "#]],
    );
}

#[test]
fn a_folder_is_followed() {
    check(
        APP,
        ("app/models", "app/core/entities"),
        &expect![[r#"
            app/models/post.py:
                from ...base import Base
                from app.core.entities.user import User
                user = relationship("user.User", back_populates="posts", primaryjoin="app.core.entities.user.User.id == Post.user_id")
            app/models/user.py:
                from ...base import Base
                posts = relationship("app.core.entities.post.Post", back_populates="user")
            plain/views.py:
                import app.core.entities.user
                import app.core.entities.user as people
                from app.core.entities import post, user as them, user
                from app.core.entities.user import User
        "#]],
    );
}

#[test]
fn a_module_becomes_a_package() {
    check(
        APP,
        ("app/models/user.py", "app/models/user/__init__.py"),
        &expect![[r#"
            app/models/user.py:
                from ...base import Base
                from ..post import Post
        "#]],
    );
}

#[test]
fn a_name_that_is_bound_otherwise_too_is_kept() {
    let text = format!(
        r#"{APP}#- plain/local.py
from app.models import user
def make():
    user = user.User()
    return user
#- plain/given.py
from app.models import user
user.User
#- plain/taker.py
from plain.given import user
user.User
#- plain/taken.py
from app.models import user
member = user.User
"#
    );
    check(
        &text,
        ("app/models/user.py", "app/models/member.py"),
        &expect![[r#"
            app/models/__init__.py:
                from .member import User
                from . import post, member
                __all__ = ["User", "member"]
            app/models/post.py:
                from app.models.member import User
                user = relationship("member.User", back_populates="posts", primaryjoin="app.models.member.User.id == Post.user_id")
            plain/views.py:
                import app.models.member
                import app.models.member as people
                from app.models import post, member as them, member
                from app.models.member import User
                return session.query(app.models.member.User).filter(member.User.id == people.User.id, them.User.id == post.Post.id)
            plain/local.py:
                from app.models import member as user
            plain/given.py:
                from app.models import member as user
            plain/taken.py:
                from app.models import member as user
        "#]],
    );
}

#[test]
fn a_path_in_a_string_gets_longer_where_its_end_would_mean_something_else() {
    check(
        APP,
        ("app/models/user.py", "app/models/posts.py"),
        &expect![[r#"
            app/models/__init__.py:
                from .posts import User
                from . import post, posts
                __all__ = ["User", "posts"]
            app/models/post.py:
                from app.models.posts import User
                user = relationship("models.posts.User", back_populates="posts", primaryjoin="app.models.posts.User.id == Post.user_id")
            plain/views.py:
                import app.models.posts
                import app.models.posts as people
                from app.models import post, posts as them, posts
                from app.models.posts import User
                return session.query(app.models.posts.User).filter(posts.User.id == people.User.id, them.User.id == post.Post.id)
        "#]],
    );
    let text = format!(
        "{APP}#- app/old/__init__.py\n#- app/old/member.py\nfrom sqlalchemy import Column, Integer\nfrom app.base import Base\nclass User(Base):\n    __tablename__ = \"old\"\n    id = Column(Integer, primary_key=True)\n"
    );
    check(
        &text,
        ("app/models/user.py", "app/models/member.py"),
        &expect![[r#"
            app/models/__init__.py:
                from .member import User
                from . import post, member
                __all__ = ["User", "member"]
            app/models/post.py:
                from app.models.member import User
                user = relationship("models.member.User", back_populates="posts", primaryjoin="app.models.member.User.id == Post.user_id")
            plain/views.py:
                import app.models.member
                import app.models.member as people
                from app.models import post, member as them, member
                from app.models.member import User
                return session.query(app.models.member.User).filter(member.User.id == people.User.id, them.User.id == post.Post.id)
        "#]],
    );
}

#[test]
fn what_has_no_models_or_no_name_in_python_is_left_alone() {
    check(APP, ("plain/views.py", "plain/pages.py"), &expect![[r#""#]]);
    check(APP, ("app/models/user.py", "app/models/the-user.py"), &expect![""]);
    check(APP, ("app/models/user.py", "app/models/user.txt"), &expect![[r#""#]]);
}
