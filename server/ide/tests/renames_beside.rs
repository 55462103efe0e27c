//! Renames where other packages name the attributes of models: views, schemas, factories.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::expect;
use support::renames::{HEAD, MODELS, check};

#[test]
fn the_lists_of_a_view_name_attributes_of_its_model() {
    let text = MODELS.replace("    name = Column", "    na$0me = Column")
        + r#"class ParentView(ModelView):
    datamodel = SQLAInterface(Parent)
    list_columns = ["name", "id"]
    show_columns = list_columns + ["name", "children.name"]
    label_columns = {"name": "name"}
    base_order = ("name", "asc")
    edit_fieldsets = [("name", {"fields": ["name"]})]
class ChildView(ModelView):
    datamodel = SQLAInterface(Child)
    list_columns = ["id", "parent.name", "name"]
class ViewMixin:
    add_columns = ["id", "name"] + ["parent.name"]
    label_columns = {"name": "name"}
class ParentForm(Form):
    title = "name"
    fields = ("name", "names")
"#;
    check(
        &text,
        "label",
        &expect![[r#"
            label = Column(String, name="name")
            return session.query(Parent).filter_by(label="x").filter(Parent.children.any(Child.id == 1))
            list_columns = ["label", "id"]
            show_columns = list_columns + ["label", "children.name"]
            label_columns = {"label": "name"}
            base_order = ("label", "asc")
            edit_fieldsets = [("name", {"fields": ["label"]})]
            list_columns = ["id", "parent.label", "name"]
            add_columns = ["id", "?label"] + ["parent.?label"]
            label_columns = {"?label": "name"}
            fields = ("?label", "names")
        "#]],
    );
}

#[test]
fn the_fields_of_a_schema_keep_their_names() {
    let text = MODELS.replace("    name = Column", "    na$0me = Column")
        + r#"class ParentSchema(ma.SQLAlchemySchema):
    class Meta:
        model = Parent
        ordered = True
        exclude = ("name", "children.name")
    name = ma.auto_field()
    title = auto_field("name", required=True)
    caption = auto_field(column_name="name")
    other = auto_field(model=Child)
    @validates("name")
    def check(self, value): ...
class ShortSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = Parent
        fields = ("id", "name")
class LongSchema(ParentSchema):
    class Meta:
        model = Parent
        fields = ("id", "name")
    name = auto_field(
        required=True,
    )
class ParentFactory(SQLAlchemyModelFactory):
    class Meta:
        model = Parent
        sqlalchemy_get_or_create = ["name"]
    name = Faker("name")
class ParentAdmin(ModelView, model=Parent):
    column_labels = {"name": "name", Parent.id: "name"}
    column_default_sort = [("name", True)]
"#;
    check(
        &text,
        "label",
        &expect![[r#"
            label = Column(String, name="name")
            return session.query(Parent).filter_by(label="x").filter(Parent.children.any(Child.id == 1))
            name = ma.auto_field("label")
            title = auto_field("label", required=True)
            caption = auto_field(column_name="label")
            fields = ("id", "label")
            "label",
            sqlalchemy_get_or_create = ["?label"]
            ?label = Faker("name")
            column_labels = {"label": "name", Parent.id: "name"}
            column_default_sort = [("label", True)]
        "#]],
    );
}

#[test]
fn a_key_that_flask_appbuilder_reads_by_its_column_is_refused() {
    let text = |cursor: &str| {
        let models = format!(
            r#"from flask_appbuilder import Model
class Log(Model):
    __tablename__ = "log"
    id = Column(Integer, primary_key=True)
    action = Column(String)
class Line(Model):
    __tablename__ = "line"
    id = Column(Integer, primary_key=True)
    log_id = Column(ForeignKey("log.id"))
#- flask_appbuilder/__init__.py
{HEAD}class Model(Base):
    __abstract__ = True
"#
        );
        models.replacen(&cursor.replace("$0", ""), cursor, 1)
    };
    let refused = expect![[r#"
        refused: Flask-AppBuilder takes the attribute and the column `id` for one: they have to be called alike
    "#]];
    check(&text("i$0d = "), "number", &refused);
    check(&text("log.i$0d"), "number", &refused);
    check(
        &text("act$0ion"),
        "what",
        &expect![[r#"
            what = Column(String, name="action")
        "#]],
    );
}
