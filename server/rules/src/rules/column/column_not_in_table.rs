//! A property of a mapper is a column of a table that the class is not mapped to.
//!
//! `Mapper._configure_property` raises when the class is mapped, while the module is being imported. A column of another table that the
//! class shall load is a `column_property()` over a query.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, MetaData, String, Table
//! from sqlalchemy.orm import registry
//!
//! metadata = MetaData()
//! parent_table = Table("parent", metadata, Column("id", Integer, primary_key=True))
//! child_table = Table("child", metadata, Column("id", Integer, primary_key=True), Column("name", String))
//!
//!
//! class Parent:
//!     pass
//!
//!
//! registry().map_imperatively(Parent, parent_table, properties={"name": child_table.c.name})
//! #                                                                     ^^^^^^^^^^^^^^^^^^ error: `Parent.name` is the column `child.name`, but the class is mapped to the table `parent`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: When configuring property 'name' on mapped class Parent->parent, column 'child.name' is not represented in the mapper's table. Use the `column_property()` function to force this column to be mapped as a read-only attribute.
//! ```
//! ```text 2.0 2.1
//! ArgumentError: When configuring property 'name' on Mapper[Parent(parent)], column 'child.name' is not represented in the mapper's table. Use the `column_property()` function to force this column to be mapped as a read-only attribute.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, MetaData, String, Table
//! from sqlalchemy.orm import registry
//!
//! metadata = MetaData()
//! parent_table = Table("parent", metadata, Column("id", Integer, primary_key=True), Column("name", String))
//!
//!
//! class Parent:
//!     pass
//!
//!
//! registry().map_imperatively(Parent, parent_table, properties={"label": parent_table.c.name})
//! ```

use relmodel_model::{Spec, mapped, mapper_properties, reference};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let mapped = mapped(it.db, it.id).as_ref().filter(|it| it.inherits.is_none())?;
    let table = TableWalker::new(it.db, mapped.table?)?;
    mapper_properties(it.db, it.id).into_iter().find_map(|(name, place)| {
        let Some(Spec::Column(other, column)) = reference(it.db, place) else { return None };
        let other = TableWalker::new(it.db, other).filter(|it| it.id != table.id)?;
        let message = format!(
            "`{}.{name}` is the column `{}.{column}`, but the class is mapped to the table `{}`",
            it.name(),
            other.label(),
            table.label(),
        );
        Some(Finding::new(Anchor::Expr(place), message))
    })
}
