"""What a new order begins with where a person is to write something: made-up values.

Words of the future document, Russian whatever the language of the interface.
"""

from __future__ import annotations

from docgen.models.orders import Person

NAME = "И.О. Фамилия"
CONTROLLER = Person(post="заместитель министра", name="Иванова И.И.", gender="f")
CELLS = {
    "activity": "Установочный вебинар для участников проекта",
    "goal": "Познакомить участников с порядком работы",
    "tasks": "Разъяснить сроки и обязанности",
    "venue": "Вебинар",
    "audience": "Руководители школ, кураторы",
    "deadline": "10.02.{year}",
    "executor": "Региональный координатор",
    "indicator": "100% школ приняли участие",
    "document": "Протокол",
}
"""The one row of each table, by the key of its column; `{year}` is the first of the project."""
