"""Moscow Oblast. Source: приказ АСОУ от 04.04.2022 № 500-04."""

from docgen.default_region import given_forms, name_in_accusative, sentence
from docgen.hookspecs import hookimpl
from docgen.language.declension import decline
from docgen.models import Appoint, Form, Order, Point, Profile


@hookimpl
def point_text(order: Order, form: Form, profile: Profile) -> Point | None:
    """Point 1 names the role first and the post last: «Назначить … Филатову А.В., начальника …»."""
    if not isinstance(form, Appoint):
        return None
    given = given_forms(order, profile)
    role = decline(form.role, case="instrumental", kind="post", overrides=given)
    post = decline(form.person.post, case="accusative", kind="post", overrides=given)
    return Point(sentence(f"Назначить {role} {name_in_accusative(form.person, given)}, {post}"))
