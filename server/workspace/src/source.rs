//! From the bytes of a file to its text. Any bytes give a text; only the disk can fail.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use relmodel_ide::Rope;

/// Larger files are data, not source; reading them would only cost memory.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Reads a file's bytes.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    // A pipe would block the reader, and a folder may be named like a module.
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    if metadata.len() > MAX_BYTES {
        let message = format!("passed over: larger than {} MiB", MAX_BYTES / (1024 * 1024));
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    let mut content = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    file.take(MAX_BYTES).read_to_end(&mut content)?;
    Ok(content)
}

/// The text of bytes: without a byte order mark; Latin-1 where the file says so, else UTF-8 with every invalid
/// sequence as one replacement character, so that columns in code points stay what an editor shows.
pub(crate) fn text_of(content: &[u8]) -> Rope {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    match std::str::from_utf8(content) {
        Ok(text) => Rope::from_str(text),
        Err(_) if declares_latin_1(content) => {
            Rope::from_str(&content.iter().map(|it| char::from(*it)).collect::<String>())
        }
        Err(_) => Rope::from_str(&String::from_utf8_lossy(content)),
    }
}

/// Whether one of the first two lines is a coding comment (PEP 263) that names Latin-1 or a close relative.
fn declares_latin_1(content: &[u8]) -> bool {
    content.split(|it| *it == b'\n').take(2).any(|line| {
        let line = String::from_utf8_lossy(line).to_ascii_lowercase().replace('_', "-");
        line.trim_start().starts_with('#')
            && line.contains("coding")
            && ["latin-1", "latin1", "iso-8859-1", "iso8859-1", "cp1252", "windows-1252"]
                .iter()
                .any(|name| line.contains(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(text_of(b"\xef\xbb\xbfx = 1\n").to_string(), "x = 1\n");
    }

    #[test]
    fn bytes_that_are_no_utf_8_become_replacement_characters() {
        assert_eq!(text_of(b"x = '\xff'\n").to_string(), "x = '\u{fffd}'\n");
    }

    #[test]
    fn a_declared_encoding_is_believed() {
        assert_eq!(
            text_of(b"# -*- coding: latin-1 -*-\nx = '\xe9'\n").to_string(),
            "# -*- coding: latin-1 -*-\nx = 'é'\n"
        );
    }

    #[test]
    fn a_folder_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).is_err());
    }
}
