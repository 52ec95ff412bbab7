"""``import …``: a file is read, compared with the shop, told about row by row, and written as one step."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from liveshop_desk import settings
from liveshop_desk.errors import Refused, UserError
from liveshop_desk.feeds.inbox import fold_alone
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.model.session import State
from liveshop_desk.ops import importing
from liveshop_desk.ops.importing_files import SOURCES, Job, Source, plan_file
from liveshop_desk.ops.plan import Plan
from liveshop_desk.store import queries
from liveshop_desk.store.lock import ShopLock
from liveshop_desk.store.opening import refuse_lost
from liveshop_desk.store.store import Store
from liveshop_desk.verbs.call import Call, enlist, json_option, print_json, say_error, shop_option
from liveshop_desk.verbs.importing_report import print_plan, refused_file
from liveshop_desk.verbs.sessions import LAST, find_session

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
_HELP = {
    "products": mark("Products of any platform's file or your own table."),
    "sessions": mark("Past sessions: a platform's session list."),
    "orders": mark("Paid orders of a platform's export: they complete what came in live."),
    "samples": mark("Figures over time of one session."),
    "queue": mark("The queue of a session."),
    "stock": mark("Counted stock from the warehouse."),
}


def command() -> click.Group:
    """Return the verb with one sub-verb for each kind of file."""
    group = click.Group("import", help=_("Import a file: products, sessions, orders, samples, queue or stock."))
    for source in SOURCES.values():
        enlist(group, _command(source))
    return group


def _command(source: Source) -> click.Command:
    def import_file(call: Call, **given: Any) -> int:
        return _import(call, source, **given)

    made: Callable[..., Any] = click.pass_obj(import_file)
    for decorate in _options(source):
        made = decorate(made)
    return click.command(source.name, help=_(_HELP[source.name]))(made)


def _options(source: Source) -> list[Any]:
    """Return the decorators of an import verb, last option first."""
    year = click.IntRange(EARLIEST_YEAR, LATEST_YEAR)
    options = [
        shop_option,
        json_option,
        click.option(
            "--map", "mapping", multiple=True, callback=_mapping, metavar='"列名=field"',
            help=_("Read a column as a field, whatever its header says; may be given several times."),
        ),
        click.option("--year", type=year, metavar="YYYY", help=_("The year of dates that have none.")),
        click.option("--dry-run", is_flag=True, help=_("Only tell what would happen; nothing is written.")),
    ]  # fmt: skip
    if source.kinds:
        options.append(
            click.option("--kind", type=click.Choice(source.kinds), help=_("Overrule the recognised platform."))
        )
    if source.states:
        options.append(
            click.option(
                "--session", default=LAST, metavar="ID|last", show_default=True, help=_("The session it belongs to.")
            )
        )
    return [*options, click.argument("file", type=click.Path(path_type=Path))]


def _mapping(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read ``列名=field`` pairs; a column's name may itself hold a ``=``, a field's may not."""
    mapping: dict[str, str] = {}
    for value in values:
        column, equals, field = value.rpartition("=")
        if not (equals and column.strip() and field.strip()):
            raise click.BadParameter(_("“{value}” is not “column=field”").format(value=value))
        mapping[column.strip()] = field.strip()
    return mapping


@dataclass(frozen=True, slots=True)
class _Given:
    """What an import verb was told."""

    file: Path
    dry_run: bool
    as_json: bool
    mapping: dict[str, str]
    year: int | None = None
    kind: str | None = None
    session: str = LAST


def _import(call: Call, source: Source, **given: Any) -> int:
    """Read, plan, write and tell. Returns 1 where the file or a row of it was refused."""
    told = _Given(**given)
    try:
        with _shop(call, told) as store:
            session_id = find_session(store, told.session, source.states).id if source.states else ""
            plan = plan_file(store, Job(source.name, told.file, session_id, told.kind, told.year, told.mapping))
            before = store.newest_step()
            if not told.dry_run:
                importing.apply(store, plan)
                _fold(store, plan)
            undoable = store.newest_step() > before
    except UserError as error:
        say_error(error)
        if told.as_json:
            print_json(refused_file(error))
        return 1
    print_plan(plan, as_json=told.as_json, dry_run=told.dry_run, undoable=undoable)
    return 1 if plan.refused else 0


def _fold(store: Store, plan: Plan) -> None:
    """Take in figures left for a session on air, where no desk is there to do it; none opens the shop meanwhile."""
    if plan.what not in ("samples", "orders"):
        return
    with ExitStack() as stack:
        try:
            stack.callback(ShopLock.acquire(store.path).release)
        except Refused:
            return  # who has it open folds them
        except UserError:
            pass  # a folder that holds no lock: no desk opens its shop either
        session = queries.session(store, plan.session_id) if plan.session_id else queries.live_session(store)
        if session is not None and session.state is State.LIVE:
            fold_alone(store, session, settings.load().source_order)


@contextmanager
def _shop(call: Call, told: _Given) -> Generator[Store]:
    """Open the shop to import into; a dry run on a shop that is not there yet looks at an empty one in memory."""
    if told.dry_run and not call.shop_file.exists():
        refuse_lost(call.shop_file)
        store = Store.open(Path(":memory:"), SystemClock())
        try:
            yield store
        finally:
            store.close()
        return
    with call.desk(create=True) as desk:
        yield desk.store
