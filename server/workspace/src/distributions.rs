//! Which installed packages may hold anything mapped: those whose distribution asks for SQLAlchemy. Nothing is known of
//! what is in them.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

/// The distributions in some folders of installed packages. Each is looked at once, when it is asked for.
#[derive(Default)]
pub(crate) struct Distributions {
    sites: Vec<PathBuf>,
    /// The folders of metadata, by the distribution's name as the index compares it.
    metadata: FxHashMap<String, PathBuf>,
    known: FxHashMap<String, bool>,
}

impl Distributions {
    /// The distributions in these folders.
    pub(crate) fn new(sites: &[PathBuf]) -> Self {
        let mut res = Self { sites: sites.to_vec(), ..Self::default() };
        for entry in sites.iter().flat_map(|it| fs::read_dir(it).into_iter().flatten().flatten()) {
            let name = entry.file_name();
            let Some(name) = name.to_str().and_then(|it| it.strip_suffix(".dist-info")) else { continue };
            let name = name.split('-').next().unwrap_or(name);
            res.metadata.entry(normalized(name)).or_insert_with(|| entry.path());
        }
        res
    }

    /// Whether a file lies in one of the folders, in a package that may hold anything mapped. One whose distribution
    /// has another name may.
    pub(crate) fn may_matter(&mut self, file: &Path) -> bool {
        let Some(top) = self.sites.iter().find_map(|it| file.strip_prefix(it).ok()?.iter().next()) else {
            return false;
        };
        let top = normalized(top.to_string_lossy().trim_end_matches(".py"));
        if let Some(known) = self.known.get(&top) {
            return *known;
        }
        // These are known by what they do, not read from source.
        let is_known = matches!(top.as_str(), "sqlalchemy" | "sqlmodel" | "flask-sqlalchemy");
        let res = !is_known && self.metadata.get(&top).is_none_or(|it| asks_for_sqlalchemy(it));
        self.known.insert(top, res);
        res
    }
}

/// A distribution's name as the index compares it.
fn normalized(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '.'], "-")
}

fn asks_for_sqlalchemy(metadata: &Path) -> bool {
    let text = fs::read(metadata.join("METADATA")).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    // The description stands behind an empty line and names whatever it likes.
    text.lines().take_while(|it| !it.is_empty()).any(|it| {
        let is_requirement = it.starts_with("Requires-Dist:");
        let line = it.to_ascii_lowercase();
        is_requirement && (line.contains("sqlalchemy") || line.contains("sqlmodel"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_matters_if_its_distribution_asks_for_sqlalchemy() {
        let folder = tempfile::tempdir().unwrap();
        for (name, requirement) in [("Flask_AppBuilder-4.8", "SQLAlchemy<2"), ("numpy-2.0", "cython")] {
            let folder = folder.path().join(format!("{name}.dist-info"));
            fs::create_dir_all(&folder).unwrap();
            let text =
                format!("Name: x\nRequires-Dist: {requirement}\n\nUnlike SQLAlchemy\nRequires-Dist: sqlalchemy\n");
            fs::write(folder.join("METADATA"), text).unwrap();
        }
        let mut distributions = Distributions::new(&[folder.path().to_path_buf()]);
        let mut check = |file: &str, expected| {
            assert_eq!(distributions.may_matter(&folder.path().join(file)), expected, "{file}");
        };
        check("flask_appbuilder/models.py", true);
        check("numpy/__init__.py", false);
        check("named_otherwise.py", true);
        check("sqlalchemy/orm/__init__.py", false);
        assert!(!distributions.may_matter(Path::new("/elsewhere/a.py")));
    }
}
