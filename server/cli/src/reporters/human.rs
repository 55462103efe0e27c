//! Findings with their lines of source, for people.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};
use relmodel_ide::{Rope, Severity};

use crate::output::Style;
use crate::report::{Finding, Place, Report, Summary, severity_name};

/// A line longer than this many bytes is generated; its text would bury the message.
const MAX_LINE: usize = 1000;

pub(crate) fn write(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    for finding in &report.findings {
        writeln!(out, "{}\n", render(finding, &renderer))?;
    }
    writeln!(out, "{}", summary(&report.summary))
}

fn render(finding: &Finding, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::HELP.with_name(severity_name(Severity::Hint)),
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.code).id_url(finding.url.as_str());
    let mut excerpts = vec![Excerpt::new(&finding.place, AnnotationKind::Primary, None)];
    for related in &finding.related {
        let is_near = |it: &Excerpt<'_>| it.place.path == related.place.path;
        match excerpts.iter_mut().find(|it| is_near(it)) {
            Some(excerpt) => excerpt.marks.push((&related.place, AnnotationKind::Context, Some(&related.message))),
            None => excerpts.push(Excerpt::new(&related.place, AnnotationKind::Context, Some(&related.message))),
        }
    }
    let mut group = title.elements(Vec::<Origin<'_>>::new());
    for excerpt in &excerpts {
        group = match excerpt.snippet() {
            Some(snippet) => group.element(snippet),
            None => group.element(excerpt.origin()),
        };
    }
    renderer.render(&[group.element(Level::HELP.message(format!("relmodel explain {}", finding.code)))])
}

/// The marked lines of one file.
struct Excerpt<'a> {
    place: &'a Place,
    marks: Vec<(&'a Place, AnnotationKind, Option<&'a String>)>,
}

impl<'a> Excerpt<'a> {
    fn new(place: &'a Place, kind: AnnotationKind, label: Option<&'a String>) -> Self {
        Self { place, marks: vec![(place, kind, label)] }
    }

    /// The lines from the first mark to the last; `None` if they are too long to show.
    fn snippet(&self) -> Option<Snippet<'a, Annotation<'a>>> {
        let text = &self.place.text;
        let line_of = |byte: u32| text.byte_to_line((byte as usize).min(text.len_bytes()));
        let first = self.marks.iter().map(|it| line_of(it.0.bytes.start)).min()?;
        let last = self.marks.iter().map(|it| line_of(it.0.bytes.end)).max()?;
        if (first..=last).any(|it| text.line(it).len_bytes() > MAX_LINE) {
            return None;
        }
        let start = text.line_to_byte(first);
        let source = shown(text, start..text.line_to_byte(last + 1));
        let mark = |(place, kind, label): &(&Place, AnnotationKind, Option<&'a String>)| {
            let span = place.bytes.start as usize - start..place.bytes.end as usize - start;
            kind.span(span).label(label.map(String::as_str))
        };
        let snippet = Snippet::source(source).line_start(first + 1).path(self.place.path.as_str());
        Some(snippet.annotations(self.marks.iter().map(mark)))
    }

    fn origin(&self) -> Origin<'a> {
        let start = &self.place.range.start;
        Origin::path(self.place.path.as_str()).line(start.line as usize).char_column(start.column as usize)
    }
}

/// A piece of text in which only `\n` ends a line, because the renderer knows no other ending.
fn shown(text: &Rope, bytes: std::ops::Range<usize>) -> String {
    let text = text.byte_slice(bytes).to_string();
    if !text.contains('\r') {
        return text;
    }
    // As many bytes as before, so that marks stay where they are.
    text.replace("\r\n", " \n").replace('\r', "\n")
}

/// How much there is, in one line.
pub(super) fn summary(summary: &Summary) -> String {
    let Summary { files, classes, relationships, errors, warnings, hints, milliseconds } = *summary;
    let found = if errors + warnings + hints == 0 {
        "no findings".to_owned()
    } else {
        format!("{}, {}, {}", count(errors, "error"), count(warnings, "warning"), count(hints, "hint"))
    };
    format!(
        "{found} in {} ({}, {}); {milliseconds} ms",
        count(files, "file"),
        if classes == 1 { "1 mapped class".to_owned() } else { format!("{classes} mapped classes") },
        count(relationships, "relationship"),
    )
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
