"use strict";
// Elements, tables, pages and keys: what the page is built with, whatever it shows.
// Whatever people typed reaches the page through textContent only.
const $ = (id) => document.getElementById(id);
const make = (tag, text = "", properties = {}) => Object.assign(document.createElement(tag), { textContent: text }, properties);
const draw = (tag, attributes, ...inside) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...inside);
  return node;
};

const table = (node, head, lines) => {
  const cell = (tag, value, kind) => {
    const made = make(tag, "", { className: kind });
    made.append(...[value].flat());
    if (tag === "th") made.scope = "col";
    return made;
  };
  const row = (tag, values) => {
    const made = make("tr");
    made.append(...values.map((value, at) => cell(at ? tag : "th", value, head[at][1] || "")));
    if (tag === "td") made.cells[0].scope = "row";
    return made;
  };
  const top = make("thead"), body = make("tbody");
  top.append(row("th", head.map(([text]) => text)));
  body.append(...lines.map((values) => row("td", values)));
  node.replaceChildren(top, body);
  // one cell of a grid takes part in tabbing, arrows lead to the others
  if ("grid" in node.dataset) node.querySelectorAll("button").forEach((button, at) => { button.tabIndex = at ? -1 : 0; });
};
const pager = (node, count, size, page, turn) => {
  const last = Math.max(0, Math.ceil(count / size) - 1);
  node.replaceChildren();
  if (!last) return;
  const step = (text, to) => {
    const button = make("button", text, { type: "button", disabled: to < 0 || to > last });
    button.addEventListener("click", () => {
      turn(to);
      // the buttons are made anew: who turns pages by keyboard goes on from where they were
      const next = [...node.querySelectorAll("button:enabled")];
      (next.find((each) => each.textContent === text) || next[0]).focus();
    });
    return button;
  };
  node.append(step("上一页", page - 1), make("span", `第 ${page + 1} 页，共 ${last + 1} 页`), step("下一页", page + 1));
};

// what is wider than its room says so, and is reached by keyboard
function hint() {
  document.querySelectorAll(".scroll").forEach((box) => {
    const wide = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("more", wide);
    if (wide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
}

function walk(event) {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const cell = event.target.closest("td");
  if (!step || !cell) return;
  event.preventDefault();
  let [row, column] = [cell.parentNode.rowIndex, cell.cellIndex];
  const grid = event.currentTarget.rows;
  for (;;) {
    row += step[0];
    column += step[1];
    const next = grid[row] && grid[row].cells[column];
    if (!next) return;
    const button = next.querySelector("button");
    if (!button) continue;
    event.target.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
    return;
  }
}

function stride(event) {
  if (!event.target.matches("[role=button]")) return;
  if (event.key === "Enter" || event.key === " ") event.target.dispatchEvent(new MouseEvent("click"));
  else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const bars = [...event.currentTarget.querySelectorAll("[role=button]")];
    const next = bars[bars.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1)] || event.target;
    event.target.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  } else return;
  event.preventDefault();
}
