//! A rule's page: the `//!` header of its file, as Markdown.

/// The page, under its code as a title.
pub(crate) fn page_of(code: &str, source: &str) -> String {
    let mut res = format!("# {code}\n\n");
    for line in header(source) {
        res.push_str(line);
        res.push('\n');
    }
    res
}

/// The first sentence of the page.
pub(crate) fn summary_of(source: &str) -> String {
    header(source).take_while(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

fn header(source: &str) -> impl Iterator<Item = &str> {
    source.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line))
}
