//! A workspace over a real folder: what the analysis holds after loading, editing and changes on disk.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use relmodel_ide::{Position, PositionEncoding};
use relmodel_workspace::{Coming, ContentChange, DiskEvent, Options, Overrides, Stage, Workspace, path_key};

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

    /// The findings, by file and code.
    fn findings(&self) -> Vec<String> {
        let analysis = self.workspace.snapshot();
        let root = format!("{}/", path_key(self.folder.path()));
        let files = analysis.files().into_iter();
        let found = files.flat_map(|it| analysis.diagnostics(it).unwrap().into_iter().map(move |found| (it, found)));
        let shown = found
            .map(|(file, it)| format!("{} {:?}[{}]", analysis.path(file).replace(&root, ""), it.severity, it.code));
        shown.collect()
    }

    /// Sets what an editor says, and gives what is wrong with it.
    fn set(&mut self, json: &serde_json::Value) -> Vec<String> {
        let (options, problems) = Options::from_json(json);
        self.workspace.set_overrides(Overrides { options, file: None });
        problems.iter().map(ToString::to_string).collect()
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

const WRONG: &str = "from base import Base\n\nclass A(Base):\n    __tablename__ = 'a'\n";

#[test]
fn settings_choose_what_is_reported() {
    let mut it = Fixture::new(&[("base.py", BASE), ("a.py", WRONG), ("old/b.py", &WRONG.replace("'a'", "'b'"))]);
    let all = ["a.py Error[no-primary-key]", "old/b.py Error[no-primary-key]"];
    assert_eq!(it.findings(), all);
    it.write("relmodel.toml", "[per-file-ignores]\n'old/' = ['no-primary-key']\n[severity]\nno-primary-key = 'hint'\n");
    it.changed("relmodel.toml");
    assert_eq!(it.findings(), ["a.py Hint[no-primary-key]"]);
    it.write("relmodel.toml", "ignore = ['no-primary-key']\n");
    it.changed("relmodel.toml");
    assert!(it.findings().is_empty());
    assert!(it.set(&serde_json::json!({ "extendSelect": ["no-primary-key"], "select": null })).is_empty());
    assert!(it.findings().is_empty(), "between equals `ignore` decides");
    it.set(&serde_json::json!({ "select": ["all"], "path": "", "trace": {} }));
    assert_eq!(it.findings(), all, "a selection begins afresh");
    let problems = it.set(&serde_json::json!({ "select": ["no-primry-key"], "sqlalchemy": 2 }));
    let expected = [
        "settings of the editor: unknown code `no-primry-key`; did you mean `no-primary-key`?",
        "settings of the editor: `sqlalchemy` must be a version in quotes: \"1.4\", \"2.0\" or \"2.1\"",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn settings_choose_what_is_loaded() {
    let b = "from ns.base import Base\n\nclass B(Base): ...\n";
    let mut it =
        Fixture::new(&[("lib/ns/base.py", BASE), ("code/ns/base.py", WRONG), ("b.py", b), ("old/c.py", WRONG)]);
    assert_eq!(it.findings(), ["b.py Error[no-tablename]"], "{:?}", it.names());
    it.write("relmodel.toml", "exclude = ['old', 'lib']\n");
    it.changed("relmodel.toml");
    assert_eq!(it.names(), ["b.py", "code/ns/base.py", "lib/ns/base.py"], "what is imported is read");
    it.workspace.open(&it.key("old/c.py"), 1, BASE);
    it.workspace.close(&it.key("old/c.py"));
    it.changed("old/c.py");
    assert_eq!(it.names(), ["b.py", "code/ns/base.py", "lib/ns/base.py"]);
    it.workspace.open(&it.key("b.py"), 1, b);
    it.write("relmodel.toml", "src = ['code']\n");
    it.changed("relmodel.toml");
    assert!(it.findings().is_empty(), "the base is another now, and unknown");
    assert_eq!(it.names(), ["b.py", "code/ns/base.py", "lib/ns/base.py", "old/c.py"]);
}

#[test]
fn settings_are_found_above_a_root_and_hold_for_what_is_named() {
    let mut it = Fixture::new(&[("relmodel.toml", "exclude = ['p/old']\n"), ("p/a.py", BASE), ("p/old/b.py", WRONG)]);
    it.workspace.remove_root(it.folder.path());
    let named = it.path("p/old/b.py");
    it.workspace.add_root(&it.path("p"), &[], &mut |_| {});
    assert_eq!(it.names(), ["p/a.py"]);
    it.workspace.add_root(&it.path("p"), &[named], &mut |_| {});
    assert_eq!(it.names(), ["p/a.py", "p/old/b.py"]);
}

/// `docs/settings.schema.json` is what the definition of the settings says. `UPDATE_DOCS=1` writes it.
#[test]
fn the_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/settings.schema.json");
    let expected = format!("{:#}\n", Options::schema());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(found, expected, "run with UPDATE_DOCS=1");
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The extension of VS Code offers every setting, under the name that it writes it by.
#[test]
fn the_extension_offers_every_setting() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/vscode/package.json");
    let package: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let offered = package["contributes"]["configuration"]["properties"].as_object().unwrap();
    let set = offered.keys().map(|it| (it.trim_start_matches("relmodel.").to_owned(), serde_json::json!(false)));
    let problems = Options::from_json(&set.filter(|it| it.0 != "trace.server").collect()).1;
    assert!(problems.iter().all(|it| !it.message.starts_with("unknown")), "{problems:?}");
    let schema = Options::schema();
    assert_eq!(schema["properties"].as_object().unwrap().len(), offered.len() - 2, "`path` and `trace` are its own");
}

/// What comes when a folder with these files is loaded, and the folder.
fn coming(files: &[(&str, String)]) -> (tempfile::TempDir, Coming) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut res = None;
    let on_stage = &mut |stage: Stage<'_>| {
        if let Stage::Analysing(coming) = stage {
            res = Some(coming.clone());
        }
    };
    Workspace::new().add_root(folder.path(), &[], on_stage);
    (folder, res.unwrap())
}

fn model(name: &str, target: &str) -> String {
    let table = name.to_lowercase();
    let key = format!(
        "    id = Column(Integer, primary_key=True)\n    it_id = Column(ForeignKey('{}.id'))",
        target.to_lowercase()
    );
    format!(
        "from sqlalchemy import Column, ForeignKey, Integer\nfrom sqlalchemy.orm import relationship\nfrom base import Base\n\n\
        class {name}(Base):\n    __tablename__ = '{table}'\n{key}\n    it = relationship('{target}')\n"
    )
}

#[test]
fn what_comes_tells_of_a_name_from_the_files_that_hold_it() {
    let files = [
        ("base.py", BASE.to_owned()),
        ("a.py", model("Alpha", "Beta")),
        ("b.py", model("Beta", "Gamma")),
        ("c.py", model("Gamma", "Alpha")),
    ];
    let (folder, coming) = coming(&files);
    let key = |name: &str| path_key(&folder.path().join(name));
    // The editor's text is another than the disk's.
    let text = format!("\n{}", files[1].1);
    let offset = u32::try_from(text.rfind("Beta").unwrap()).unwrap();
    let open = |name: &str, text: &str| (key(name), text.into());
    let documents = [open("a.py", &text)].into_iter().collect();
    let analysis = coming.about(&key("a.py"), offset, &documents).unwrap();
    let held: Vec<_> = analysis.files().into_iter().map(|it| analysis.path(it)).collect();
    assert_eq!(held, [key("a.py"), key("b.py"), key("base.py")]);
    let found = analysis.definition(analysis.file(&key("a.py")).unwrap(), offset).unwrap().unwrap();
    assert_eq!(found.targets.iter().map(|it| analysis.path(it.file)).collect::<Vec<_>>(), [key("b.py")]);
    // Another document that is not saved: its text counts; one that is not among the files must not hold the word.
    let moved = format!("\n\n{}", files[2].1);
    let documents = [open("a.py", &text), open("b.py", &moved), open("new.py", "Betas = 1\n")].into_iter().collect();
    let analysis = coming.about(&key("a.py"), offset, &documents).unwrap();
    assert_eq!(analysis.text(analysis.file(&key("b.py")).unwrap()).to_string(), moved);
    let documents = [open("a.py", &text), open("new.py", "Beta = 1\n")].into_iter().collect();
    assert!(coming.about(&key("a.py"), offset, &documents).is_none());
}

#[test]
fn what_comes_does_not_tell_of_a_name_that_too_many_files_hold() {
    let mut names: Vec<_> = (0..120).map(|it| format!("m{it}.py")).collect();
    names.push("base.py".to_owned());
    let text_of = |name: &str| match name {
        "base.py" => BASE.to_owned(),
        "m0.py" => format!("{}# nowhere\n", model("Alpha", "Beta")),
        _ => model("Alpha", "Beta"),
    };
    let files: Vec<_> = names.iter().map(|it| (it.as_str(), text_of(it))).collect();
    let (folder, coming) = coming(&files);
    let key = |name: &str| path_key(&folder.path().join(name));
    let told_of = |name: &str, word: &str| {
        let offset = u32::try_from(files[0].1.rfind(word).unwrap()).unwrap();
        coming.about(&key(name), offset, &[(key(name), files[0].1.as_str().into())].into_iter().collect()).is_some()
    };
    assert!(!told_of("m0.py", "Beta"));
    assert!(told_of("m0.py", "nowhere"));
    assert!(!told_of("stranger.py", "nowhere"));
}
