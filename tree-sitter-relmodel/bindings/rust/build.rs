//! Compiles the generated parser and the external scanner. It must not generate anything: `tree-sitter generate` does.

fn main() {
    let source = std::path::Path::new("src");
    let mut build = cc::Build::new();
    build.std("c11").include(source).warnings(false);
    if std::env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("msvc") {
        build.flag("-utf-8");
    }
    for name in ["parser.c", "scanner.c"] {
        build.file(source.join(name));
    }
    for entry in ["parser.c", "scanner.c", "law.h", "peek.h", "state.h", "content.h", "tokens.h"] {
        println!("cargo:rerun-if-changed={}", source.join(entry).display());
    }
    build.compile("tree-sitter-relmodel");
}
