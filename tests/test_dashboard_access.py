"""看板.html for everybody: contrast, keyboard, names, narrow screens; on the page itself in a real browser."""

from contextlib import closing
from dataclasses import replace

import pytest

from browser import Browser
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.page import dashboard
from summary_samples import CALENDAR, filled_store

PHONE = 390  # pixels


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """What the four units returned."""
    with closing(filled_store(tmp_path_factory.mktemp("year"))) as store:
        return load_material(store, CALENDAR)


@pytest.fixture(scope="module")
def page(material: Material) -> bytes:
    """The page of the four units."""
    return dashboard(material, frames(material))


# the least contrast of every text that is shown with what lies behind it, in the dialog too
CONTRAST = """
const parts = (colour) => {
  const found = colour.match(/[\\d.]+/g).map(Number), scale = colour.startsWith("color(") ? 255 : 1;
  return [...found.slice(0, 3).map((part) => part * scale), found.length > 3 ? found[3] : 1];
};
const over = (top, base) => [0, 1, 2].map((at) => top[at] * top[3] + base[at] * (1 - top[3]));
const paint = (node) => parts(getComputedStyle(node).backgroundColor);
const behind = (node) => (node ? over(paint(node), behind(node.parentElement)) : [255, 255, 255]);
const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const lightness = (colour) => {
  const [red, green, blue] = colour.map((part) => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const seen = [];
const look = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, style = getComputedStyle(node);
    const shown = node.getClientRects().length && !["SCRIPT", "title"].includes(node.tagName);
    if (!shown || !walker.currentNode.data.trim()) continue;
    const ground = behind(node), ink = over(parts(node.tagName === "text" ? style.fill : style.color), ground);
    const [dark, bright] = [lightness(ground), lightness(ink)].sort((a, b) => a - b);
    seen.push([Math.round((100 * (bright + 0.05)) / (dark + 0.05)) / 100, walker.currentNode.data.slice(0, 20)]);
  }
};
look();
$("#figure-overdue").click();
look();
return [seen.length, seen.sort((a, b) => a[0] - b[0])[0]];
"""


def test_every_text_stands_out_from_what_is_behind_it(browser: Browser, page: bytes) -> None:
    """No text has less than the contrast that WCAG asks for at level AA, on the darkest cell of the heat map either."""
    count, (least, text) = browser.ask(page, CONTRAST)

    assert count > 150
    assert least >= 4.5, text


def narrowed(page: bytes) -> bytes:
    """The page as wide as a telephone, which is narrower than a window can be made."""
    return page.replace(b"</style>", f"html {{ width: {PHONE}px; }}</style>".encode(), 1)


@pytest.mark.parametrize("is_narrow", [True, False])
def test_what_is_wider_than_its_room_says_so_and_takes_the_focus(
    browser: Browser, page: bytes, is_narrow: bool
) -> None:
    """A table that is cut has a hint above it and scrolls by keyboard; one that fits has neither; no chart is cut."""
    boxes, charts = browser.ask(
        narrowed(page) if is_narrow else page,
        """
        const end = (node) => node.getBoundingClientRect().right;
        const hint = (box) => getComputedStyle(box, "::before").content.includes("左右滑动");
        const boxes = all("main .scroll").filter((box) => box.clientWidth).map(
          (box) => [box.scrollWidth > box.clientWidth + 1, box.tabIndex === 0, hint(box)]);
        const inside = (box) => [...box.querySelectorAll("text")].every((text) => end(text) <= end(box) + 1);
        const fits = (box) => [box.scrollWidth <= box.clientWidth, inside(box)];
        const charts = all("#months-chart, #timeline-chart").map(fits);
        return [boxes, charts];
        """,
        width=500 if is_narrow else 1400,
    )

    assert len(boxes) == 3
    assert all(cut == focusable == hinted for cut, focusable, hinted in boxes)
    assert any(cut for cut, _, _ in boxes) is is_narrow
    assert charts == [[True, True], [True, True]]


def test_the_timeline_is_walked_by_keyboard(browser: Browser, page: bytes) -> None:
    """One bar takes part in tabbing; arrows lead to the next, Enter opens as many rows as it says."""
    bars, tabbed, names, title = browser.ask(
        page,
        """
        const pressed = (key) => new KeyboardEvent("keydown", { key, bubbles: true });
        const press = (key) => document.activeElement.dispatchEvent(pressed(key));
        const bars = all("#timeline-chart [role=button]");
        const tabbed = bars.filter((bar) => bar.tabIndex === 0);
        tabbed[0].focus();
        const seen = [document.activeElement.getAttribute("aria-label")];
        for (const key of ["ArrowRight", "ArrowLeft", "ArrowLeft"]) {
          press(key);
          seen.push(document.activeElement.getAttribute("aria-label"));
        }
        press("Enter");
        return [bars.length, tabbed.length, seen, $("#rows-title").textContent];
        """,
    )

    assert bars > 3
    assert tabbed == 1
    assert names[0] == names[2] == names[3] != names[1]
    assert title == names[0].replace(" ", "：", 1)


def test_turning_pages_keeps_the_focus(browser: Browser, material: Material) -> None:
    """Who presses 下一页 stands on it afterwards, on the last page on 上一页."""
    sent = material.intake.units[-1]  # has not returned
    more = tuple(replace(sent, unit=replace(sent.unit, id=f"X{n}", name=f"增加{n}")) for n in range(120))
    many = replace(material, intake=replace(material.intake, units=(*material.intake.units, *more)))

    seen = browser.ask(
        dashboard(many, frames(many)),
        """
        const seen = [];
        for (let turn = 0; turn < 3; turn++) {
          const next = all("#units-pages button")[1];
          if (!next.disabled) { next.focus(); next.click(); }
          seen.push([document.activeElement.textContent, $("#units-pages span").textContent]);
        }
        return seen;
        """,
    )

    assert seen == [
        ["下一页", "第 2 页，共 3 页"],
        ["上一页", "第 3 页，共 3 页"],
        ["上一页", "第 3 页，共 3 页"],
    ]


def test_headings_tables_and_controls_are_named(browser: Browser, page: bytes) -> None:
    """One h1, below it h2 only; every table and field has a name; a number says what it counts; few tab stops."""
    levels, tables, fields, labels, stops = browser.ask(
        page,
        """
        const shown = all("button, input, select, a[href], [tabindex]").filter((node) => node.getClientRects().length);
        return [
          all("h1, h2, h3, h4").map((node) => node.tagName),
          all("table").map((node) => $("#" + node.getAttribute("aria-labelledby")) !== null),
          all("#filters input, #filters select").map((field) => field.labels.length),
          all("#units-table td button").map((button) => button.ariaLabel),
          shown.filter((node) => node.tabIndex >= 0).length,
        ];
        """,
    )

    assert levels == ["H1", *["H2"] * 7]
    assert tables == [True] * 5
    assert fields == [1] * 6
    assert "3，青禾镇 完成" in labels or "1，青禾镇 完成" in labels
    assert stops < 40


def test_what_is_filtered_stands_on_the_page(browser: Browser, page: bytes) -> None:
    """A print of a filtered page says what was asked for."""
    said = browser.ask(
        page,
        """
        await set("#search", "青禾"); await set("#light", "6");
        return $("#shown").textContent;
        """,
    )

    assert said == "筛选：搜索“青禾”、预警“逾期”，1 个单位。"


def test_a_narrow_screen_does_not_scroll_sideways(browser: Browser, page: bytes) -> None:
    """On a telephone's width the page itself fits; only tables scroll."""
    reaching = browser.ask(
        narrowed(page),
        """
        const free = (node) => node.getClientRects().length && !node.closest(".scroll table, .skip, .unseen");
        return Math.max(...all("body *").filter(free).map((node) => node.getBoundingClientRect().right));
        """,
        width=500,
    )

    assert 370 < reaching <= PHONE
