"""看板.html: one file that opens anywhere, without network."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.summary import LIGHT_KEYS
from qingdan_xl.summary.frames import Frames
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.page_data import as_script, page_data

_FOLDER = "summary/pages"
_DATA = "{data}"


def dashboard(material: Material, tables: Frames) -> bytes:
    """The page as UTF-8: style, script and data inside, nothing fetched; only our own script may run in it.

    `tables` are `frames(material)`. Every text of units is data, shown by the script as text.
    """
    day = material.calendar.as_of
    script = _part("tools.js") + _part("dashboard.js")
    environment = Environment(
        loader=PackageLoader("qingdan_xl", _FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = environment.get_template("dashboard.html.j2").render(
        title=material.title,
        scope=material.scope.label,
        day=f"{day.year}年{day.month}月{day.day}日",
        style=Markup(_part("dashboard.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        tones=_tones(material.lights),
        data=_DATA,
    )
    # the data of a large year never stands in memory as one text
    before, _, after = page.rpartition(_DATA)
    return b"".join((before.encode(), *as_script(page_data(material, tables)), after.encode()))


def _tones(lights: Mapping[str, tuple[str, str]]) -> Markup:
    """The style of those lights whose colour the institution has chosen itself."""
    chosen = (
        f"--l{place}: {lights[word][0]};" for place, word in enumerate(LIGHT_KEYS) if lights[word] != LIGHTS[word]
    )
    return Markup("".join(chosen))  # noqa: S704 - checked by the settings: six hex digits


def _part(name: str) -> str:
    return files("qingdan_xl").joinpath(_FOLDER, name).read_text("utf-8")
