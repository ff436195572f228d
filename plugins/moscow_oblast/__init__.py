"""Moscow Oblast. Source: приказ АСОУ от 04.04.2022 № 500-04."""

from docgen.default_region import sentence
from docgen.hookspecs import hookimpl
from docgen.language.declension import decline
from docgen.models import Appoint, Form, Point


@hookimpl
def point_text(form: Form) -> Point | None:
    """Point 1 names the role first and the post last: «Назначить … Филатову А.В., начальника …»."""
    if not isinstance(form, Appoint):
        return None
    role = decline(form.role, case="instrumental", kind="post")
    person = form.person
    name = decline(person.name, case="accusative", kind="person", gender=person.gender)
    post = decline(person.post, case="accusative", kind="post")
    return Point(sentence(f"Назначить {role} {name}, {post}"))
