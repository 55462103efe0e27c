//! Paths as keys: absolute, without `.` and `..`, `/`-separated, so that two ways of writing a path are one file.

use std::path::{Component, Path, PathBuf};

/// The absolute form of a path. `..` is taken by name: symbolic links are not followed, because an editor's own
/// spelling of a path must be found again.
pub fn normalize(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut res = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                res.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => res.push(component),
        }
    }
    res
}

/// The key of a file or folder: its absolute path with `/` between the parts.
pub fn path_key(path: &Path) -> String {
    let path = normalize(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Whether the file or folder `path` is `folder` or lies in it. Both are keys.
pub fn is_within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_key() {
        assert_eq!(path_key(Path::new("/a/./b/../c//d.py")), "/a/c/d.py");
        assert_eq!(path_key(Path::new("/a/c/")), "/a/c");
    }

    #[test]
    fn a_folder_holds_itself_and_what_is_below_but_not_its_namesakes() {
        assert!(is_within("/a/b", "/a/b"));
        assert!(is_within("/a/b/c.py", "/a/b/"));
        assert!(!is_within("/a/bc.py", "/a/b"));
        assert!(is_within("/a", "/"));
    }
}
