//! Where a project's installed packages lie, and which `SQLAlchemy` is among them. Nothing is run: environments are told
//! by the folders and files that the tools leave.

use std::fs;
use std::path::{Path, PathBuf};

use relmodel_ide::SqlAlchemy;

use crate::project::foreign_above;

/// Folders in which a project's own environment lies by convention.
const ENVIRONMENTS: &[&str] = &[".venv", "venv", "env", ".env"];

/// Variables that name an environment: the one that uv uses, then those that are active.
const VARIABLES: &[&str] = &["UV_PROJECT_ENVIRONMENT", "VIRTUAL_ENV", "CONDA_PREFIX"];

/// The folders that hold the packages installed for the project at `root`, best first: the one it lies in if it is
/// itself installed, else those of the environment that `python` names, else of its own or the active environment.
/// The folders that editable installs point to are among them.
pub(crate) fn site_folders(root: &Path, python: Option<&Path>) -> Vec<PathBuf> {
    if let Some(own) = foreign_above(root).filter(|it| it.file_name().is_some_and(|it| it == "site-packages")) {
        return vec![own.to_path_buf()];
    }
    let mut res = match python {
        Some(python) => site_packages(&environment_of(&root.join(python))),
        None => environments(root).iter().map(|it| site_packages(it)).find(|it| !it.is_empty()).unwrap_or_default(),
    };
    res.extend(pdm_packages(root));
    let editable: Vec<_> = res.iter().flat_map(|it| path_files(it)).filter(|it| !res.contains(it)).collect();
    res.extend(editable);
    res
}

/// The environments that may be the project's, best first. A workspace keeps one for all its members above them.
fn environments(root: &Path) -> Vec<PathBuf> {
    let named = VARIABLES.iter().filter_map(std::env::var_os).map(|it| root.join(it));
    let mut res: Vec<_> = ENVIRONMENTS.iter().map(|it| root.join(it)).collect();
    res.extend(named_in(&root.join(".pdm-python")).map(|it| environment_of(&it)));
    let above = root.ancestors().skip(1).take_while(|it| it.join("pyproject.toml").is_file());
    res.extend(above.map(|it| it.join(".venv")));
    res.extend(poetry_environment(root));
    res.extend(named);
    res.retain(|it| it.join("pyvenv.cfg").is_file() || it.join("conda-meta").is_dir());
    res
}

/// The environment of an interpreter; an environment's own folder stands for itself.
fn environment_of(python: &Path) -> PathBuf {
    if python.is_dir() {
        return python.to_path_buf();
    }
    python.parent().and_then(Path::parent).unwrap_or(python).to_path_buf()
}

/// The interpreter that a file names in its first line.
fn named_in(file: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().next().map(str::trim).filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// The environment that poetry keeps for a project outside of it: `<name>-<digest>-py<version>`. The digest is of the
/// project's path; only a name that one environment alone has is trusted.
fn poetry_environment(root: &Path) -> Option<PathBuf> {
    let cache = std::env::home_dir()?.join(".cache/pypoetry/virtualenvs");
    let name = root.file_name()?.to_string_lossy().to_lowercase().replace(' ', "_");
    let is_own = |it: &Path| {
        let folder = it.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let mut parts = folder.rsplitn(3, '-');
        let (version, _, rest) = (parts.next(), parts.next(), parts.next());
        version.is_some_and(|it| it.starts_with("py")) && rest == Some(name.as_str())
    };
    let mut found = fs::read_dir(cache).ok()?.flatten().map(|it| it.path()).filter(|it| is_own(it));
    found.next().filter(|_| found.next().is_none())
}

/// `__pypackages__/3.12/lib`, where pdm installs to without an environment.
fn pdm_packages(root: &Path) -> Vec<PathBuf> {
    let versions = fs::read_dir(root.join("__pypackages__")).into_iter().flatten().flatten();
    let mut res: Vec<_> = versions.map(|it| it.path().join("lib")).filter(|it| it.is_dir()).collect();
    res.sort();
    res
}

/// The folders of an environment that packages are installed to, on any platform.
fn site_packages(environment: &Path) -> Vec<PathBuf> {
    let pythons = fs::read_dir(environment.join("lib")).into_iter().flatten().flatten().map(|it| it.path());
    let mut res: Vec<_> = pythons.map(|it| it.join("site-packages")).collect();
    res.sort();
    res.push(environment.join("Lib").join("site-packages"));
    res.retain(|it| it.is_dir());
    res
}

/// The folders that the `.pth` files of a folder add to Python's path.
fn path_files(site: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(site).into_iter().flatten().flatten().map(|it| it.path());
    let mut files: Vec<_> = entries.filter(|it| it.extension().is_some_and(|it| it == "pth")).collect();
    files.sort();
    let texts = files.iter().filter_map(|it| fs::read_to_string(it).ok());
    let lines: Vec<_> = texts.flat_map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines.iter().map(|it| site.join(it.trim())).filter(|it| it != site && it.is_dir()).collect()
}

/// The version of `SQLAlchemy` installed in one of these folders.
pub(crate) fn installed_version(sites: &[PathBuf]) -> Option<SqlAlchemy> {
    sites.iter().find_map(|it| version_in(it))
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
        for root in [folder.path(), &site_packages.join("optuna")] {
            let sites = site_folders(root, None);
            assert_eq!(sites, [site_packages.as_path()]);
            assert_eq!(installed_version(&sites), Some(SqlAlchemy::V1_4));
        }
    }

    /// The folders found for the project `p` among these files, relative to the folder that holds all.
    fn check(files: &[(&str, &str)], python: Option<&str>, expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let sites = site_folders(&folder.path().join("p"), python.map(Path::new));
        let shown: Vec<_> = sites.iter().map(|it| it.strip_prefix(folder.path()).unwrap().to_string_lossy()).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn environments_are_found_where_the_tools_keep_them() {
        let package = "lib/python3.12/site-packages/a.py";
        let own = format!("p/.venv/{package}");
        check(&[("p/.venv/pyvenv.cfg", ""), (&own, "")], None, &["p/.venv/lib/python3.12/site-packages"]);
        // A uv workspace has one for all its members.
        let shared = format!(".venv/{package}");
        let files = [("pyproject.toml", ""), ("p/pyproject.toml", ""), (".venv/pyvenv.cfg", ""), (&shared, "")];
        check(&files, None, &[".venv/lib/python3.12/site-packages"]);
        check(&[("p/__pypackages__/3.12/lib/a.py", "")], None, &["p/__pypackages__/3.12/lib"]);
    }

    #[test]
    fn the_setting_names_an_interpreter_or_an_environment() {
        let files = [("e/bin/python", ""), ("e/lib/python3.12/site-packages/a.py", ""), ("p/a.py", "")];
        check(&files, Some("../e/bin/python"), &["p/../e/lib/python3.12/site-packages"]);
        check(&files, Some("../e"), &["p/../e/lib/python3.12/site-packages"]);
    }

    #[test]
    fn an_editable_install_adds_its_source() {
        let site = "p/.venv/lib/python3.12/site-packages";
        let path_file = format!("{site}/__editable__.pth");
        let files = [("p/.venv/pyvenv.cfg", ""), (&path_file, "../../../../../q/src\n"), ("q/src/b.py", "")];
        check(&files, None, &[site, &format!("{site}/../../../../../q/src")]);
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
