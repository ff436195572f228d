"""The tasks that regions share under different words: one for every item of every roadmap.

The task whose words stand first in the activity is the item's: «Проведение совещания по вопросу
„Анализ …“» is a meeting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Task:
    """A task by its key, its name in a report, and the words it is known by."""

    key: str
    title: str
    words: str


TASKS: Final = (
    Task("survey", "Анкетирование и опросы участников", r"\bопрос|анкетиров|интервьюиров"),
    Task("kickoff", "Установочные мероприятия", r"установочн"),
    Task("visit", "Посещение школ кураторами", r"посещени|\bпосет"),
    Task(
        "concept", "Концептуальные документы и антирисковые программы", r"концептуальн|антирисков"
    ),
    Task(
        "monitoring",
        "Мониторинг, экспертиза и подведение итогов",
        r"монитор|экспертиз|подведени\w* итог|аналитическ|анализ|отч[её]т|результатов реализации",
    ),
    Task(
        "qualification",
        "Повышение квалификации и обучение педагогов",
        r"повышени\w* квалификац|\bкурс|стажировк|обучени\w* педагог|оценк\w* (?:предметн|ИКТ|комп)"
        r"|ИКТ-компетенц|наставник|исследовани\w* компетенц",
    ),
    Task("meetings", "Совещания и собеседования", r"совещани|собеседовани|\bвкс\b|договор"),
    Task(
        "seminars",
        "Семинары, вебинары и консультации",
        r"семинар|вебинар|консультац|круглый стол|мастер-класс|методическ|тренинг",
    ),
    Task(
        "practice",
        "Обмен опытом и конкурсы",
        r"конкурс(?!н)|конференц|чтени|панорам|практик|презентац|форум|марафон|опыт",
    ),
    Task(
        "pupils",
        "Работа с обучающимися",
        r"обучающихся|психолог|технопарк|\bгиа\b|\bвпр\b|функциональн\w* грамотност",
    ),
    Task("information", "Информационное сопровождение", r"сайт|интернет|информац|публикац|\bсми\b"),
    Task(
        "regulation",
        "Распорядительные документы",
        r"распорядительн|утвержд|перечн|разработк\w* \S+ дорожн",
    ),
)
OTHER: Final = Task("other", "Прочие мероприятия", "")
_PATTERNS: Final = tuple((task, re.compile(task.words, re.IGNORECASE)) for task in TASKS)


def task_of(activity: str) -> Task:
    """The task the activity belongs to; `OTHER` where no words are known."""
    found = [
        (match.start(), at)
        for at, (_task, pattern) in enumerate(_PATTERNS)
        if (match := pattern.search(activity))
    ]
    return TASKS[min(found)[1]] if found else OTHER
