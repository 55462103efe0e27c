//! Files that a client names over a symbolic link inside one of its folders. Loading passes over such links, because
//! what they show is found at its own place; a document that is opened over one must be that file and not a second one.

use std::fs;
use std::path::{Path, PathBuf};

use relmodel_workspace::{is_within, path_key};

/// The key under which the file of `key` is loaded, if a link leads to it from another place in the same folder.
pub(crate) fn own_place(key: &str, folders: &[PathBuf]) -> Option<String> {
    let path = Path::new(key);
    let innermost = |it: &&PathBuf| it.as_os_str().len();
    let folder = folders.iter().filter(|it| is_within(key, &path_key(it))).max_by_key(innermost)?;
    // The file itself may be a link: loading takes those for files of their own.
    let (real_folder, real_parent) = (fs::canonicalize(folder).ok()?, fs::canonicalize(path.parent()?).ok()?);
    let place = folder.join(real_parent.strip_prefix(real_folder).ok()?).join(path.file_name()?);
    let res = path_key(&place);
    (res != key && place.is_file()).then_some(res)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn check(opened: &str, expected: Option<&str>) {
        let home = tempfile::tempdir().unwrap();
        let home = home.path();
        fs::create_dir_all(home.join("real/shop")).unwrap();
        fs::create_dir_all(home.join("elsewhere")).unwrap();
        fs::write(home.join("real/shop/a.py"), "").unwrap();
        fs::write(home.join("elsewhere/b.py"), "").unwrap();
        symlink(home.join("real"), home.join("link")).unwrap();
        symlink(home.join("real/shop"), home.join("real/alias")).unwrap();
        symlink(home.join("real/shop/a.py"), home.join("real/c.py")).unwrap();
        symlink(home.join("elsewhere"), home.join("real/outside")).unwrap();
        let folders = [home.join("real"), home.join("link")];
        let key = |it: &str| path_key(&home.join(it));
        assert_eq!(own_place(&key(opened), &folders), expected.map(key), "{opened}");
    }

    #[test]
    fn a_linked_folder_leads_to_its_own_place_under_the_folder_as_it_is_opened() {
        check("real/alias/a.py", Some("real/shop/a.py"));
        check("link/alias/a.py", Some("link/shop/a.py"));
    }

    #[test]
    fn other_files_stay_what_they_are() {
        check("real/shop/a.py", None);
        check("link/shop/a.py", None);
        check("real/c.py", None);
        check("real/outside/b.py", None);
        check("real/alias/new.py", None);
        check("elsewhere/b.py", None);
    }
}
