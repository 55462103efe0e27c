from factory.alchemy import SQLAlchemyModelFactory
from marshmallow_sqlalchemy import SQLAlchemyAutoSchema, SQLAlchemySchema, auto_field
from models import Child, Parent


class ParentSchema(SQLAlchemySchema):
    class Meta:
        model = Parent
        load_instance = True
        transient = True

    id = auto_field()
    name = auto_field(
        required=True,
    )


class LabelSchema(SQLAlchemySchema):
    class Meta:
        model = Parent

    label = auto_field("name")


class CaptionSchema(SQLAlchemySchema):
    class Meta:
        model = Parent

    caption = auto_field(column_name="name", dump_only=True)


class ChildSchema(SQLAlchemyAutoSchema):
    class Meta:
        model = Child
        exclude = ("title",)


class ChildFactory(SQLAlchemyModelFactory):
    class Meta:
        model = Child

    title = "made"


parent = Parent(id=1, name="one")
child = ChildFactory.build()
child.parent = parent
print(ParentSchema().dump(ParentSchema().load({"id": 2, "name": "two"})))
print(ParentSchema().dump(parent), LabelSchema().dump(parent), CaptionSchema().dump(parent))
print(len(ChildSchema().dump(child)), child.title, len(parent.children))
