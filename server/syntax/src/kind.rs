//! Typed names for the grammar's nodes and fields, so that no other crate compares strings.

use std::sync::LazyLock;

use tree_sitter::{Language, Node};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// The kinds of named nodes that facts are read from; node names are the grammar's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = concat!("`", $name, "`")] $kind,)*
            /// Any other node.
            Other,
        }

        const KINDS: &[(&str, Kind)] = &[$(($name, Kind::$kind),)*];
    };
}

kinds! {
    ArgumentList = "argument_list",
    AsPattern = "as_pattern",
    AsPatternTarget = "as_pattern_target",
    Assignment = "assignment",
    Attribute = "attribute",
    AugmentedAssignment = "augmented_assignment",
    Await = "await",
    Block = "block",
    Call = "call",
    CaseClause = "case_clause",
    CasePattern = "case_pattern",
    ClassDefinition = "class_definition",
    Comment = "comment",
    ConcatenatedString = "concatenated_string",
    DecoratedDefinition = "decorated_definition",
    Decorator = "decorator",
    Dictionary = "dictionary",
    DictionarySplat = "dictionary_splat",
    ElifClause = "elif_clause",
    Ellipsis = "ellipsis",
    ElseClause = "else_clause",
    EscapeSequence = "escape_sequence",
    ExceptClause = "except_clause",
    ExpressionList = "expression_list",
    ExpressionStatement = "expression_statement",
    False = "false",
    FinallyClause = "finally_clause",
    ForStatement = "for_statement",
    FunctionDefinition = "function_definition",
    GlobalStatement = "global_statement",
    Identifier = "identifier",
    IfStatement = "if_statement",
    ImportFromStatement = "import_from_statement",
    ImportStatement = "import_statement",
    Integer = "integer",
    Interpolation = "interpolation",
    KeywordArgument = "keyword_argument",
    Lambda = "lambda",
    List = "list",
    ListPattern = "list_pattern",
    ListSplat = "list_splat",
    MatchStatement = "match_statement",
    NamedExpression = "named_expression",
    None = "none",
    Operation = "operation",
    Pair = "pair",
    ParenthesizedExpression = "parenthesized_expression",
    PassStatement = "pass_statement",
    PatternList = "pattern_list",
    ReturnStatement = "return_statement",
    Set = "set",
    String = "string",
    StringContent = "string_content",
    StringEnd = "string_end",
    StringStart = "string_start",
    Subscript = "subscript",
    True = "true",
    TryStatement = "try_statement",
    Tuple = "tuple",
    TuplePattern = "tuple_pattern",
    Type = "type",
    TypeAliasStatement = "type_alias_statement",
    Unclosed = "unclosed",
    WhileStatement = "while_statement",
    WildcardImport = "wildcard_import",
    WithStatement = "with_statement",
}

static BY_ID: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let language: Language = tree_sitter_relmodel::LANGUAGE.into();
    let n_kinds = u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
    (0..n_kinds)
        .map(|id| {
            let name = language.node_kind_for_id(id).filter(|_| language.node_kind_is_named(id));
            KINDS.iter().find(|(known, _)| Some(*known) == name).map_or(Kind::Other, |&(_, kind)| kind)
        })
        .collect()
});

impl Kind {
    /// The kind of a node; anonymous nodes such as `"("` are [`Kind::Other`].
    pub fn of(node: Node<'_>) -> Self {
        BY_ID.get(usize::from(node.kind_id())).copied().unwrap_or(Self::Other)
    }
}

macro_rules! fields {
    ($($field:ident = $name:literal,)*) => {
        /// The grammar's fields that facts are read from.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field {
            $(#[doc = concat!("`", $name, "`")] $field,)*
        }

        const FIELDS: &[&str] = &[$($name,)*];
    };
}

fields! {
    Alias = "alias",
    Arguments = "arguments",
    Attribute = "attribute",
    Body = "body",
    Condition = "condition",
    Definition = "definition",
    Function = "function",
    Key = "key",
    Left = "left",
    ModuleName = "module_name",
    Name = "name",
    Object = "object",
    Parameters = "parameters",
    ReturnType = "return_type",
    Right = "right",
    Subscript = "subscript",
    Superclasses = "superclasses",
    Type = "type",
    Value = "value",
}

static FIELD_IDS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let language: Language = tree_sitter_relmodel::LANGUAGE.into();
    FIELDS.iter().map(|name| language.field_id_for_name(name).map_or(0, std::num::NonZeroU16::get)).collect()
});

impl Field {
    /// The child of `node` in this field, if it has one.
    pub fn of(self, node: Node<'_>) -> Option<Node<'_>> {
        let id = FIELD_IDS.get(self as usize).copied().filter(|&id| id != 0)?;
        node.child_by_field_id(id)
    }

    /// All children of `node` in this field, in order.
    pub fn all_of(self, node: Node<'_>) -> Vec<Node<'_>> {
        let Some(id) = FIELD_IDS.get(self as usize).copied().and_then(std::num::NonZeroU16::new) else {
            return Vec::new();
        };
        let mut cursor = node.walk();
        node.children_by_field_id(id, &mut cursor).collect()
    }
}
