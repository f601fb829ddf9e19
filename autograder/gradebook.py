"""The class's gradebook: where nbgrader_config.py of the course says it is, SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

CONFIG = "nbgrader_config.py"


def course_config(root: Path) -> Config:
    """What nbgrader_config.py of the course folder says."""
    return PyFileConfigLoader(CONFIG, path=str(root)).load_config()


def db_url(root: Path) -> str:
    """c.CourseDirectory.db_url, which is gradebook.db in the course folder where nothing else is said."""
    return str(CourseDirectory(config=course_config(root)).db_url)


def spoken(url: str) -> str:
    """The url as it may be shown: a file's path, or a server without its password."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return str(parsed.database)
    return str(parsed.render_as_string(hide_password=True))


def is_missing(url: str) -> bool:
    """True for a SQLite file that is not there; a server says itself what it lacks."""
    parsed = make_url(url)
    return parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists()


def open_gradebook(root: Path) -> Gradebook:
    """The class's gradebook, for a `with`. Raises ValueError or RuntimeError that says what to do."""
    url = db_url(root)
    if is_missing(url):
        raise ValueError(f"{spoken(url)} is missing: make it with hw2 release, or put back the one with your marks")
    return connect(url)


def connect(url: str) -> Gradebook:
    """The gradebook at this address, made when it is new. Raises RuntimeError that says what to do."""
    try:
        return Gradebook(url)
    except ModuleNotFoundError as error:
        raise RuntimeError(f"{spoken(url)} needs a driver: pip install '.[scale]' ({error})") from error
    except ArgumentError as error:
        raise RuntimeError(f"c.CourseDirectory.db_url in {CONFIG}: {error}") from error
    except OperationalError as error:
        raise RuntimeError(lost(url, error)) from error


@contextmanager
def transaction(gradebook: Gradebook) -> Iterator[None]:
    """nbgrader commits at each of its steps; here all of them are seen at once, or none."""
    session = gradebook.db
    commit = session.commit
    session.commit = session.flush
    try:
        yield
        commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.commit


def lost(url: str, error: BaseException) -> str:
    """What to say when the server does not answer, or has gone."""
    reason = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0]
    return f"the gradebook {spoken(url)} does not answer ({reason}): see that it runs, then start this again"
