//! What facts are read from a text, and where they stand. The rendering of facts is in `render.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod render;

use std::sync::Arc;

use expect_test::{Expect, expect};
use relmodel_facts::{Argument, Expr, ExprId, Item, Stmt, extract, reextract};
use relmodel_syntax::{Document, Rope, TextEdit, TextRange};

fn document(text: &str) -> Document {
    Document::parse(Rope::from_str(text)).expect("the grammar fits the parser")
}

/// Checks the facts of a text, written as one line per statement.
fn check(text: &str, expect: &Expect) {
    expect.assert_eq(&render::facts(&extract(&document(text)).facts));
}

fn position(item: &Item, test: impl Fn(&Expr) -> bool) -> ExprId {
    let index = item.exprs.iter().position(test).expect("the expression is there");
    ExprId::new(index)
}

#[test]
fn imports_in_all_forms() {
    check(
        "import a.b\nimport a.b as c\nfrom a.b import d, e as f\nfrom . import g\nfrom ..h import *\nfrom x import (\n    y,\n    z,\n)\n",
        &expect![[r"
            import : a.b as a
            import : a.b as c
            import a.b: d as d, e as f
            import .: g as g
            import ..h: *
            import x: y as y, z as z
        "]],
    );
}

#[test]
fn classes_and_what_is_in_them() {
    check(
        "@reg.mapped\nclass A(Base, table=True, *more):\n    'doc'\n    x = y = Column('n', Integer, primary_key=True)\n    z: Mapped[int]\n    class B: pass\n    @declared_attr\n    def r(cls):\n        return relationship('C')\n    def plain(self):\n        return 1\n",
        &expect![[r#"
            class A(Base, table=True, *more) [reg.mapped]
              x = Column("n", Integer, primary_key=True)
              y = Column("n", Integer, primary_key=True)
              z: Mapped[int]
              class A.B() []
              def r [declared_attr]
                return relationship("C")
              def plain []
        "#]],
    );
}

#[test]
fn branches_are_blocks() {
    check(
        "if TYPE_CHECKING:\n    from a import b\nelif x:\n    pass\nelse:\n    c = 1\ntry:\n    import d\nexcept ImportError:\n    d = None\n",
        &expect![[r"
            If
              import a: b as b
            If
            Else
              c = 1
            Try
              import : d as d
            Except
              d = None
        "]],
    );
}

#[test]
fn strings_and_the_code_in_them() {
    check(
        "a = 'x' \"y\" r'\\n' '\\x41\\\n'\nb: Mapped[\"List['C']\"] = f(primaryjoin='A.id == B.a_id', other='A.id')\nc = f'{a}_{b!r}'\nd = b'x'\n",
        &expect![[r#"
            a = "xy\\nA"
            b: Mapped["List['C']"<List["C"]>] = f(primaryjoin="A.id == B.a_id"<<A.id, B.a_id by ==>>, other="A.id")
            c = f-string of 3 parts
            d = other()
        "#]],
    );
}

#[test]
fn expressions() {
    check(
        "a = [x, (y, z), {1: 2, **k}, {3}, lambda p, *q: p.r]\nb = X[int, 'str'] | None\nc = (Column(Integer),)\nd = f(*a, **b)\n",
        &expect![[r#"
            a = [x, (y, z,), {1: 2, **k}, {3}, lambda p, q: p.r]
            b = <X[int, "str"], None by |>
            c = (Column(Integer),)
            d = f(*a, **b)
        "#]],
    );
}

#[test]
fn half_typed_lines_leave_the_others() {
    check(
        "class A(Base):\n    x = relationship(\"Ch\n    y = Column(Integer)\n    z =\n    w = a.\n    v = Column(Integer)\nclass B(Base):\n    u = 1\n",
        &expect![[r#"
            class A(Base) []
              x = relationship("Ch"…, **?)
              y = Column(Integer)
              z
              w = a.
              v = Column(Integer)
            class B(Base) []
              u = 1
        "#]],
    );
}

#[test]
fn what_a_line_leaves_open_does_not_take_the_next_keyword() {
    check(
        "a = f(\n    x=B.\n    y=1,\n)\na = f(\n    x=b ==\n    y=1,\n)\nb = (B\n    .c)\nd = B.\\\n    e\n",
        &expect![[r#"
            a = f(x=B., y=1)
            a = f(x=<b, ?, 1 by ==, =>)
            b = B.c
            d = B.e
        "#]],
    );
}

#[test]
fn a_half_typed_name_that_is_a_word_of_pythons_does_not_end_the_call() {
    check(
        "a = f(\n    x=as\n    y=1,\n)\nb = f(\n    x=as\n    y=1)\nc = d = e = f(x=as\n    y=1)\n",
        &expect![[r#"
            a = f(**?)
            b = f(**?)
            c = f(**?)
            d = f(**?)
            e = f(**?)
        "#]],
    );
}

#[test]
fn a_half_typed_dot_does_not_take_the_next_argument() {
    check(
        "a = f(\n    B.\n    C(1),\n)\na = f(\n    b.\n    c.D(1).e(),\n)\na = f(\n    b.\n    y=1,\n)\n",
        &expect![[r#"
            a = f(B., C(1))
            a = f(b., c.D(1).e())
            a = f(b., y=1)
        "#]],
    );
}

#[test]
fn an_open_call_does_not_take_the_keywords_of_the_call_around() {
    check(
        "f(\n    a=dict(\n        b=g(\n        c=h(1),\n    ),\n)\nf(\n    a=dict(\n        b=g(\n        c=h(1)),\n    ),\n)\n",
        &expect![[r#"
            f(a=dict(b=g(**?)), **?)
            f(a=dict(b=g(c=h(1))))
        "#]],
    );
}

#[test]
fn an_open_string_is_told_from_a_closed_one() {
    check(
        "a = 'b\nc = 'd'\ne: 'f\ng = f'h\ni = f'j{k}\nl = f'{m\n",
        &expect![[r#"
            a = "b"…
            c = "d"
            e: "f"…
            g = f-string of 2 parts
            i = f-string of 3 parts
            l = f-string of 2 parts
        "#]],
    );
}

#[test]
fn an_open_brace_may_hold_more() {
    check(
        "w = {'a': 1}\nx = {\ny = {'a'\nz = {'a': 1\n",
        &expect![[r#"
            w = {"a": 1}
            x = {**?}
            y = {**?}
            z = {"a": 1, **?}
        "#]],
    );
}

#[test]
fn names_inside_strings_have_true_ranges() {
    let text = "# é😀\nx: M[\"List['Child']\"] = 1\n";
    let extracted = extract(&document(text));
    let (start, map) = &extracted.map.items[0];
    for name in ["List", "x"] {
        let id = position(&extracted.facts.items()[0].1, |it| matches!(it, Expr::Name(it) if *it == name));
        let range = map.expr(id).shifted(*start);
        assert_eq!(&text[range.start as usize..range.end as usize], name);
    }
}

#[test]
fn places_in_strings_lead_back_to_the_source() {
    let text = "x = 'ab' \"c\\td\"\n";
    let extracted = extract(&document(text));
    let (start, map) = &extracted.map.items[0];
    let id = position(&extracted.facts.items()[0].1, |it| matches!(it, Expr::String(_)));
    // The value is `abc\td`: `b` and `d` stand in different pieces.
    for (offset, letter) in [(1, "b"), (2, "c"), (4, "d")] {
        let range = map.in_string(id, offset, offset + 1).unwrap().shifted(*start);
        assert_eq!(&text[range.start as usize..range.end as usize], letter);
        assert_eq!(map.offset_in_string(id, range.start - start), Some(offset));
    }
}

#[test]
fn an_edit_reads_only_the_statements_it_touches() {
    let text = "a = f(1)\nb = f(2)\nc = f(3)\n";
    let mut edited = document(text);
    let old = extract(&edited);
    let range = TextRange::new(15, 16);
    let changes = edited.edit(&[TextEdit { range, replacement: "22".to_owned() }]);
    let new = reextract(&old, &edited, &changes);
    assert_eq!(new, extract(&edited));
    let shares = |index: usize| Arc::ptr_eq(&old.facts.items()[index].1, &new.facts.items()[index].1);
    assert!(shares(0), "the statement before the edit is shared");
    assert!(!shares(1), "the edited statement is read again");
    assert!(shares(2), "the statement behind the edit is shared");
}

#[test]
fn a_class_begins_with_its_colon() {
    for (text, number) in
        [("class A", 0), ("class A(B", 0), ("class A(B)\n\nx = 1", 0), ("class A(B):", 1), ("class A\n    x = 1", 1)]
    {
        let extracted = extract(&document(&format!("{text}\n")));
        let classes: usize = extracted.facts.items().iter().map(|it| it.1.classes.len()).sum();
        assert_eq!(classes, number, "{text}");
    }
}

#[test]
fn a_keyword_without_its_value_does_not_take_the_next_one() {
    let extracted = extract(&document("x = f(\n    a=\n    b=\"c\",\n)\n"));
    let item = &extracted.facts.items()[0].1;
    let Expr::Call { arguments, .. } = item.expr(position(item, |it| matches!(it, Expr::Call { .. }))) else {
        panic!()
    };
    let values: Vec<(&str, bool)> = arguments
        .iter()
        .map(|it| match it {
            Argument::Keyword(keyword, value) => (keyword.name.as_str(), *item.expr(*value) == Expr::Missing),
            _ => ("", false),
        })
        .collect();
    assert_eq!(values, [("a", true), ("b", false)]);
}

#[test]
fn a_loop_over_literals_is_written_out() {
    check(
        "for name, (n) in ((\"a\", 1), (\"b\", 2)):\n    t = Table(name, n, lambda: t)\n    f(t)\n",
        &expect![[r#"
            name = "a"
            n = 1
            t = Table(name, n, lambda : t)
            f(t)
            name = "b"
            n = 2
            t = Table(name, n, lambda : t)
            f(t)
        "#]],
    );
    // Names mean what they do in their turn; in a lambda, what the last one leaves.
    let extracted = extract(&document("for name in (\"a\", \"b\"):\n    t = Table(name, lambda: t)\n    f(t)\n"));
    let item = &extracted.facts.items()[0].1;
    let values: Vec<String> = item
        .in_turns
        .iter()
        .map(|(_, value)| match item.expr(*value) {
            Expr::String(text) => text.value.to_string(),
            Expr::Call { .. } => format!("call {}", value.0.index()),
            other => format!("{other:?}"),
        })
        .collect();
    let tables: Vec<u32> = (0..).zip(&item.exprs).filter(|it| is_call_of_table(item, it.1)).map(|it| it.0).collect();
    assert_eq!(tables.len(), 2);
    let [first, second] = [tables[0], tables[1]].map(|it| format!("call {it}"));
    assert_eq!(values, ["a", first.as_str(), first.as_str(), "b", second.as_str()]);
}

fn is_call_of_table(item: &Item, expr: &Expr) -> bool {
    let Expr::Call { function, .. } = expr else { return false };
    matches!(item.expr(*function), Expr::Name(it) if *it == "Table")
}

#[test]
fn other_loops_are_read_once() {
    for body in [
        "    if name: Table(name)\n",
        "    Table(name)\n    break\n",
        "    name += Table(name)\n",
        "    a, b = Table(name)\n",
        "    class A: t = Table(name)\n",
        "    f(name := Table(name))\n",
        "    import a; Table(name)\n",
        "    print(name)\n",
    ] {
        let text = format!("for name in (\"a\", \"b\"):\n{body}");
        let extracted = extract(&document(&text));
        let item = &extracted.facts.items()[0].1;
        assert!(item.in_turns.is_empty(), "{text}");
        assert!(matches!(item.statements.as_slice(), [Stmt::Block(_)]), "{text}");
    }
    for head in ["for name in names", "for name in (\"a\", b)", "for name in {\"a\"}", "for a, b in (\"ab\", \"cd\")"] {
        let extracted = extract(&document(&format!("{head}:\n    Table(name, a)\n")));
        assert!(extracted.facts.items()[0].1.in_turns.is_empty(), "{head}");
    }
}

#[test]
fn heads_bind_names() {
    check(
        "for a, (b, *c) in x():\n    pass\nwith d as e, f as (g, h):\n    pass\nmatch i:\n    case J(k=1) as l:\n        m = 1\nif (n := o):\n    pass\ntry:\n    pass\nexcept P as q:\n    pass\nclass R:\n    for s in t:\n        u = 1\n",
        &expect![[r#"
            Loop
              (a, (b, *c,),)
            With
              e
              (g, h,)
            Case
              Case
                J
                k
                l
                m = 1
            If
              n
            Try
            Except
              q
            class R() []
              Loop
                u = 1
        "#]],
    );
}
