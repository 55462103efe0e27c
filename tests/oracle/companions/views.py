from models import Base, Child, Parent
from sqladmin import Admin, ModelView
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
from starlette.applications import Starlette
from starlette.testclient import TestClient

engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Child(title="first", parent=Parent(name="one")))
    session.commit()
app = Starlette()
admin = Admin(app, engine)


class ParentAdmin(ModelView, model=Parent):
    column_list = ["id", "name", "children"]
    column_searchable_list = ["name"]
    column_sortable_list = ["name"]
    column_default_sort = [("name", True)]
    column_labels = {"name": "The name", "id": "The number", "children": "Its children"}
    column_details_list = ["name", "children"]
    form_columns = ["name"]
    form_args = {"name": {"label": "Its name"}}


class ChildAdmin(ModelView, model=Child):
    column_list = ["id", "title", "parent.name"]
    column_searchable_list = ["parent.name", Child.title]


admin.add_view(ParentAdmin)
admin.add_view(ChildAdmin)
client = TestClient(app)
for page in ["parent/list?search=one", "child/list?search=one", "parent/create", "parent/details/1", "parent/edit/1"]:
    answer = client.get(f"/admin/{page}")
    shown = ["The name", "Its name", "Its children", "one", "first"]
    print(page, answer.status_code, [answer.text.count(f">{it}<") for it in shown])
