//! The only reader of disk: finds Python files, passes over those that cannot matter, reads the rest, reads settings
//! and environments, and turns all of it, together with open documents, into typed changes of the analysis.
//!
//! Synchronous. Knows nothing of the protocol, of threads that wait, or of what a finding means.

mod coming;
mod discovery;
mod distributions;
mod edits;
mod elsewhere;
mod environment;
mod exclusion;
mod imports;
mod naming;
mod paths;
mod prefilter;
mod problem;
mod project;
mod settings;
mod source;
mod workspace;

pub use coming::Coming;
pub use edits::ContentChange;
pub use elsewhere::Elsewhere;
pub use paths::{is_within, normalize, path_key};
pub use problem::Problem;
pub use project::{installed_folder, is_installed, project_root};
pub use settings::{Options, Overrides};
pub use workspace::{DiskEvent, OpenVersion, Stage, Workspace};
