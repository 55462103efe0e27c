//! Which `SQLAlchemy` a project uses, told from what is installed. Nothing is run: a distribution's folder name says it.

use std::fs;
use std::path::{Path, PathBuf};

use relmodel_ide::SqlAlchemy;

/// Folders in which a project's own environment lies by convention.
const ENVIRONMENTS: &[&str] = &[".venv", "venv", "env", ".env"];

/// The version of `SQLAlchemy` installed for the project at `root`: beside it if it is itself an installed package,
/// else in its environment, else in the environment that is active.
pub(crate) fn installed_version(root: &Path) -> Option<SqlAlchemy> {
    let own = root.parent().filter(|it| it.file_name().is_some_and(|it| it == "site-packages"));
    let conventional = ENVIRONMENTS.iter().map(|it| root.join(it));
    let active = std::env::var_os("VIRTUAL_ENV").map(PathBuf::from);
    own.map(Path::to_path_buf)
        .into_iter()
        .chain(
            conventional.chain(active).filter(|it| it.join("pyvenv.cfg").is_file()).flat_map(|it| site_packages(&it)),
        )
        .find_map(|it| version_in(&it))
}

/// The folders of an environment that packages are installed to, on any platform.
fn site_packages(environment: &Path) -> Vec<PathBuf> {
    let pythons = fs::read_dir(environment.join("lib")).into_iter().flatten().flatten().map(|it| it.path());
    let mut res: Vec<_> = pythons.map(|it| it.join("site-packages")).filter(|it| it.is_dir()).collect();
    res.sort();
    res.push(environment.join("Lib").join("site-packages"));
    res
}

fn version_in(site_packages: &Path) -> Option<SqlAlchemy> {
    let entries = fs::read_dir(site_packages).ok()?.flatten();
    let mut names: Vec<_> = entries.map(|it| it.file_name().to_string_lossy().to_ascii_lowercase()).collect();
    names.sort();
    names.iter().find_map(|it| {
        let version = it.strip_prefix("sqlalchemy-")?.strip_suffix(".dist-info")?;
        parse_version(version)
    })
}

/// The supported version nearest to a version's text. Older than 1.4 is taken for 1.4, newer than 2.1 for 2.1.
pub(crate) fn parse_version(text: &str) -> Option<SqlAlchemy> {
    let mut parts = text.trim().split('.');
    let major: u32 = parts.next()?.parse().ok()?;
    let digits: String = parts.next().unwrap_or("0").chars().take_while(char::is_ascii_digit).collect();
    let minor: u32 = digits.parse().ok()?;
    Some(match (major, minor) {
        (..=1, _) => SqlAlchemy::V1_4,
        (2, 0) => SqlAlchemy::V2_0,
        _ => SqlAlchemy::V2_1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_projects_environment_tells_the_version() {
        let folder = tempfile::tempdir().unwrap();
        let site_packages = folder.path().join(".venv/lib/python3.12/site-packages");
        fs::create_dir_all(site_packages.join("SQLAlchemy-1.4.54.dist-info")).unwrap();
        fs::create_dir_all(site_packages.join("sqlalchemy_utils-2.0.dist-info")).unwrap();
        fs::create_dir_all(site_packages.join("optuna")).unwrap();
        fs::write(folder.path().join(".venv/pyvenv.cfg"), "").unwrap();
        assert_eq!(installed_version(folder.path()), Some(SqlAlchemy::V1_4));
        assert_eq!(installed_version(&site_packages.join("optuna")), Some(SqlAlchemy::V1_4));
    }

    #[test]
    fn versions_are_taken_for_the_nearest_supported_one() {
        for (text, version) in [
            ("1.3.24", SqlAlchemy::V1_4),
            ("1.4", SqlAlchemy::V1_4),
            ("2.0.58", SqlAlchemy::V2_0),
            ("2.0b3", SqlAlchemy::V2_0),
            ("2.1.9", SqlAlchemy::V2_1),
            ("3.0", SqlAlchemy::V2_1),
        ] {
            assert_eq!(parse_version(text), Some(version), "{text}");
        }
        assert_eq!(parse_version("new"), None);
    }
}
