//! The names that the strings in `relationship()` know without an import: those of the module `sqlalchemy`, `foreign` and
//! `remote`, and what Python knows where the strings are evaluated.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// The names of the module `sqlalchemy` in 1.4, 2.0 or 2.1, with `foreign` and `remote` (`clsregistry._resolver`).
const SQLALCHEMY: &str = "\
    ARRAY AdaptedConnection AggregateOrderBy Alias AliasedReturnsRows Any AssertionPool AsyncAdaptedQueuePool \
    BIGINT BINARY BLANK_SCHEMA BLOB BOOLEAN BaseDDLElement BaseRow BigInteger BinaryExpression BindParameter \
    BindTyping Boolean BooleanClauseList CHAR CLOB CTE CacheKey Case Cast CheckConstraint CheckFirst \
    ChunkedIteratorResult ClauseElement ClauseList CollectionAggregate Column ColumnClause ColumnCollection \
    ColumnDefault ColumnElement ColumnExpressionArgument ColumnOperators Compiled CompoundSelect Computed \
    Connection Constraint CreateEnginePlugin CreateTable CreateTableAs CreateView CursorResult DATE DATETIME DDL \
    DDLElement DECIMAL DOUBLE DOUBLE_PRECISION Date DateTime DefaultClause Delete Dialect Double DropTable \
    DropView Engine Enum ExceptionContext Executable ExecutableDDLElement ExecutionContext Exists Extract FLOAT \
    FallbackAsyncAdaptedQueuePool False_ FetchedValue Float ForeignKey ForeignKeyConstraint ForeignKeyTarget \
    FrameClause FrameClauseType FromClause FromGrouping FrozenResult Function FunctionElement FunctionFilter \
    GenerativeSelect Grouping HasCTE HasPrefixes HasSuffixes INT INTEGER Identity Index Insert Inspector Integer \
    Interval IteratorResult JSON Join LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY LABEL_STYLE_NONE \
    LABEL_STYLE_TABLENAME_PLUS_COL Label LambdaElement LargeBinary Lateral MappingResult MergedResult MetaData \
    NCHAR NUMERIC NVARCHAR Named NestedTransaction NotNullable Null NullPool Nullable Numeric NumericCommon \
    Operators OrderByList Over PickleType Pool PoolProxiedConnection PoolResetState PrimaryKeyConstraint \
    QueuePool REAL ReleaseSavepointClause Result ResultProxy ReturnsRows RollbackToSavepointClause \
    RootTransaction Row RowMapping SMALLINT SQLColumnExpression SavepointClause ScalarResult ScalarSelect Select \
    SelectBase SelectLabelStyle Selectable Sequence SingletonThreadPool SmallInteger StatementLambdaElement \
    StaticPool String Subquery TEXT TIME TIMESTAMP TString Table TableClause TableSample TableValuedAlias \
    TableValuedColumn Text TextAsFrom TextClause TextualSelect ThreadLocalMetaData Time Transaction True_ \
    TryCast Tuple TupleType TwoPhaseTransaction TypeClause TypeCoerce TypeCompiler TypeDecorator TypedColumns \
    URL UUID UnaryExpression Unicode UnicodeText UniqueConstraint Update UpdateBase Uuid VARBINARY VARCHAR \
    Values ValuesBase Visitable WithinGroup aggregate_order_by alias all_ and_ annotations any_ asc between \
    bindparam bitwise_not case cast cimmutabledict collate column cprocessors create_engine create_mock_engine \
    create_pool_from_url cresultproxy cte custom_op cyextension delete desc dialects distinct engine \
    engine_from_config event events exc except_ except_all exists extract false foreign from_dml_column func \
    funcfilter future insert insert_sentinel inspect inspection intersect intersect_all join label lambda_stmt \
    lateral literal literal_column log make_url modifier not_ null nulls_first nulls_last nullsfirst nullslast \
    or_ orm outerjoin outparam over pool processors quoted_name remote result_tuple schema select sql subquery \
    table tablesample text true try_cast tstring tuple_ type_coerce types union union_all update util values \
    within_group";

/// The names of the module `clsregistry` itself in 1.4, 2.0 or 2.1.
const CLSREGISTRY: &str = "\
    Any Callable CallableReference ClsRegistryToken ColumnProperty Dict Generator Iterable List Mapping \
    MutableMapping NoReturn Optional Set SynonymProperty TYPE_CHECKING Tuple Type TypeVar Union \
    _ClsRegistryToken _ClsRegistryType _GetColumns _GetTable _ModNS _ModuleMarker _MultipleClassMarker _T \
    _add_class _class_resolver _determine_container _fallback_dict _get_table_key _key_is_empty \
    _metadata_for_cls _registries _remove_class _resolver add_class annotations attributes cast class_mapper exc \
    inspection interfaces re remove_class util weakref";

const BUILTINS: &str = "\
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError \
    BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError \
    ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning \
    EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError \
    FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError \
    IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None \
    NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning \
    PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning \
    RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError \
    SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError \
    UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter \
    all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright \
    credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals \
    hasattr hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min \
    next object oct open ord pow print property quit range repr reversed round set setattr slice sorted \
    staticmethod str sum super tuple type vars zip";

static OFFERED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| SQLALCHEMY.split_whitespace().collect());

static EVALUATED: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| CLSREGISTRY.split_whitespace().chain(BUILTINS.split_whitespace()).collect());

/// Whether a string may use a name of SQLAlchemy's.
pub(crate) fn is_offered(name: &str) -> bool {
    OFFERED.contains(name)
}

/// Whether a name means something of Python's where strings are evaluated.
pub(crate) fn is_python(name: &str) -> bool {
    name.starts_with("__") || EVALUATED.contains(name)
}
