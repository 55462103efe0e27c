//! A workspace over a real folder: what the analysis holds after loading, editing and changes on disk.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use relmodel_ide::{Position, PositionEncoding};
use relmodel_workspace::{ContentChange, DiskEvent, Workspace, path_key};

const BASE: &str = "from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase): ...\n";

struct Fixture {
    folder: tempfile::TempDir,
    workspace: Workspace,
}

impl Fixture {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut res = Self { folder, workspace: Workspace::new() };
        for (name, text) in files {
            res.write(name, text);
        }
        res.workspace.add_root(res.folder.path(), &[], &mut |_| {});
        res
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn key(&self, name: &str) -> String {
        path_key(&self.path(name))
    }

    fn write(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn changed(&mut self, name: &str) {
        let event = DiskEvent(self.path(name));
        self.workspace.disk_changed(&[event]);
    }

    /// The files of the analysis, with their texts.
    fn held(&self) -> Vec<(String, String)> {
        let analysis = self.workspace.snapshot();
        let root = format!("{}/", path_key(self.folder.path()));
        let files = analysis.files().into_iter();
        files.map(|it| (analysis.path(it).replace(&root, ""), analysis.text(it).to_string())).collect()
    }

    fn names(&self) -> Vec<String> {
        self.held().into_iter().map(|it| it.0).collect()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.held().into_iter().find(|it| it.0 == name).map(|it| it.1)
    }
}

fn insert(line: u32, column: u32, text: &str) -> ContentChange {
    let position = Position { line, column };
    ContentChange { range: Some((position, position)), text: text.to_owned() }
}

#[test]
fn files_that_can_matter_are_held_and_those_they_need() {
    let it = Fixture::new(&[
        ("base.py", BASE),
        ("names.py", "SCHEMA = 'x'\n"),
        ("other.py", "print()\n"),
        ("models.py", "from names import SCHEMA\nfrom base import Base\nclass A(Base): ...\n"),
    ]);
    assert_eq!(it.names(), ["base.py", "models.py", "names.py"]);
    assert_eq!(it.workspace.count_within(&[path_key(it.folder.path())]), 4);
    assert_eq!(it.workspace.count_within(&[it.key("other.py")]), 1);
}

#[test]
fn an_open_document_hides_the_disk_until_it_is_closed() {
    let mut it = Fixture::new(&[("base.py", BASE)]);
    let key = it.key("base.py");
    it.workspace.open(&key, 1, "x = 1\n");
    it.write("base.py", "# sqlalchemy\n");
    it.changed("base.py");
    assert_eq!(it.text("base.py").unwrap(), "x = 1\n");
    it.workspace.edit(&key, 2, &[insert(0, 4, "😀"), insert(0, 6, "2")], PositionEncoding::Utf16);
    assert_eq!(it.text("base.py").unwrap(), "x = 😀21\n");
    assert_eq!(it.workspace.open_text(&key).map(|it| it.1), Some(2));
    assert_eq!(it.workspace.versions().get(&key), Some(&2));
    it.workspace.close(&key);
    assert_eq!(it.text("base.py").unwrap(), "# sqlalchemy\n");
    assert!(it.workspace.versions().is_empty());
}

#[test]
fn a_document_that_is_nowhere_on_disk_is_held_while_it_is_open() {
    let mut it = Fixture::new(&[]);
    let new = it.key("new.py");
    for key in ["untitled:Untitled-1", &new] {
        it.workspace.open(key, 0, BASE);
        assert!(it.workspace.snapshot().file(key).is_some());
        it.workspace.close(key);
        assert!(it.workspace.snapshot().file(key).is_none());
    }
}

#[test]
fn what_comes_changes_and_goes_on_disk_is_followed() {
    let mut it = Fixture::new(&[("base.py", BASE), ("m/a.py", BASE), ("m/b.py", "x = 1\n")]);
    it.write("new.py", "import sqlalchemy\n");
    it.changed("new.py");
    it.write("base.py", "x = 1\n");
    it.changed("base.py");
    it.write(".venv/pyvenv.cfg", "");
    it.write(".venv/lib/c.py", BASE);
    it.changed(".venv/lib/c.py");
    assert_eq!(it.names(), ["m/a.py", "new.py"]);
    fs::remove_dir_all(it.path("m")).unwrap();
    it.changed("m");
    assert_eq!(it.names(), ["new.py"]);
    assert_eq!(it.workspace.count_within(&[path_key(it.folder.path())]), 2);
}

#[test]
fn roots_come_and_go() {
    let mut it = Fixture::new(&[("p/a.py", BASE), ("p/q/b.py", BASE)]);
    let (p, q) = (it.path("p"), it.path("p/q"));
    it.workspace.remove_root(it.folder.path());
    assert!(it.names().is_empty());
    it.workspace.add_root(&p, &[], &mut |_| {});
    it.workspace.add_root(&q, &[], &mut |_| {});
    it.workspace.remove_root(&p);
    assert_eq!(it.names(), ["p/q/b.py"]);
    assert!(!it.workspace.is_own(&it.key("p/a.py")));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    let mut it = Fixture::new(&[("pyproject.toml", "[tool.relmodel]\nsqlalchemy = 3\n"), ("a.py", BASE)]);
    let huge = fs::File::create(it.path("huge.py")).unwrap();
    huge.set_len(64 << 20).unwrap();
    let problems = it.workspace.add_root(it.folder.path(), &[], &mut |_| {});
    let shown: Vec<_> = problems.iter().map(|it| (name(&it.path), it.line)).collect();
    assert_eq!(shown, [("huge.py".to_owned(), None), ("pyproject.toml".to_owned(), Some(2))]);
    assert_eq!(it.names(), ["a.py"]);
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
