"""Astrakhan Oblast. Source: приказ министерства образования и науки от 25.02.2022 № 66."""

from docgen.default_region import dative, given_forms, with_tasks
from docgen.hookspecs import hookimpl
from docgen.models import Form, Order, Point, Profile, Recommend


@hookimpl
def point_text(order: Order, form: Form, profile: Profile) -> Point | None:
    """Point 2 puts the addressee first: «Руководителям …, рекомендовать …»."""
    if not isinstance(form, Recommend):
        return None
    addressee = dative(form.addressee, given_forms(order, profile))
    return with_tasks(f"{addressee[:1].upper()}{addressee[1:]} рекомендовать", form.tasks)
