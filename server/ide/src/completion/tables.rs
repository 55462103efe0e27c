//! Tables, `table.column`, and the columns of one table.

use relmodel_model::{
    ClassId, Db, MetadataId, Name, TableId, TableSource, columns_of_single_tables, file_tables, mapped, table,
    table_keys, tables_named,
};

use super::site::Site;
use super::{CompletionItem, CompletionKind, Documented};
use crate::names::{Symbol, metadata_at};
use crate::narrow::narrowed;
use crate::render::table_label;

/// The tables of the metadata, those that no class maps first: association tables.
pub(super) fn tables(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(metadata) = metadata_at(site.db, site.at.call) else { return Vec::new() };
    let mut res = Vec::new();
    for (key, id) in tables_that_fit(site, metadata, &site.typed) {
        let is_mapped = matches!(id.source(site.db), TableSource::Class(_));
        res.push(CompletionItem {
            sort: u32::from(is_mapped),
            documented: Some(Documented::Symbol(Symbol::Table(id))),
            ..site.item(key.as_str(), CompletionKind::Table)
        });
    }
    res
}

/// The tables of a metadata that fit what is typed, with their keys.
pub(super) fn tables_that_fit(site: &Site<'_>, metadata: MetadataId, typed: &str) -> Vec<(Name, TableId)> {
    let db = site.db;
    let file = site.at.call.item.file(db);
    let near = file_tables(db, file).iter().filter_map(|it| table(db, *it).as_ref()?.key);
    narrowed(table_keys(db, metadata), typed, near)
        .into_iter()
        .filter_map(|key| Some((key, *tables_named(db, metadata, key).first()?)))
        .collect()
}

/// `table.column` for every column, primary keys first.
pub(super) fn columns(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(metadata) = metadata_at(site.db, site.at.call) else { return Vec::new() };
    let mut res = Vec::new();
    // What is typed may be of the table, or already of its column.
    let typed = site.typed.rsplit_once('.').map_or(site.typed.as_str(), |it| it.0);
    for (_, id) in tables_that_fit(site, metadata, typed) {
        let Some(data) = table(site.db, id) else { continue };
        for column in data.columns.iter().chain(columns_of_single_tables(site.db, id).iter().map(|it| &it.1)) {
            let label = format!("{}.{}", table_label(site.db, id), column.key);
            res.push(CompletionItem {
                detail: column.type_.map(|it| it.to_string()),
                sort: u32::from(column.primary_key != Some(true)),
                documented: Some(Documented::Symbol(Symbol::Column(id, column.key))),
                ..site.item(&label, CompletionKind::Column)
            });
        }
    }
    res
}

/// The columns of the table that the call describes: that of its class, or the `Table(...)` it stands in.
pub(super) fn own_columns(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(id) = own_table(site.db, site) else { return Vec::new() };
    let Some(data) = table(site.db, id) else { return Vec::new() };
    let column = |it: &relmodel_model::Column| CompletionItem {
        detail: it.type_.map(|it| it.to_string()),
        sort: u32::from(it.primary_key == Some(true)),
        documented: Some(Documented::Symbol(Symbol::Column(id, it.key))),
        ..site.item(it.key.as_str(), CompletionKind::Column)
    };
    data.columns.iter().map(|it| column(it)).collect()
}

fn own_table(db: &dyn Db, site: &Site<'_>) -> Option<TableId> {
    let class: Option<ClassId> = site.at.call.enclosing_class(db);
    if let Some(class) = class {
        return mapped(db, class).as_ref()?.table;
    }
    let item = site.at.call.item;
    let is_it = |it: &&TableId| matches!(it.source(db), TableSource::Call(call) if call.item == item);
    file_tables(db, item.file(db)).iter().find(is_it).copied()
}
