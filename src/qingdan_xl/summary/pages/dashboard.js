// 看板: every number is counted here from the rows in #data, so that filters and the rows behind a number always agree.
(() => {
  const data = JSON.parse($("data").textContent);
  const { lights, states, units, duties, roles, sections, people, profiles, reasons, behind, own, written } = data;
  const rows = { duty: data.duty, person: data.person, profile: data.profile, next: data.next, light: data.light, ownAt: data.ownAt };
  const NONE = -1000, UNITS_A_PAGE = 50, ROWS_A_PAGE = 100, DAYS_SHOWN = 12, MONTHS = 12, OWN_WORDS = 8, LONGEST = 14, WEEKS = 53, CHART = 600, LETTER = 6.2, EDGE = "#55626e";
  const [DONE, NORMAL, NEAR, SHORT, OVERDUE] = ["完成", "正常", "临近", "欠缺", "逾期"].map((word) => lights.indexOf(word));
  const MISSING = states.length - 1;
  const total = rows.duty.length;

  // ---- the rows, one typed array a column ------------------------------------------------------------------------
  const unitOf = new Int32Array(total), light = new Int8Array(total), closable = new Uint8Array(total);
  const since = new Int32Array(total).fill(NONE), why = new Int32Array(total).fill(-1);
  const first = new Int32Array(units.length + 1);
  units.forEach(([, , , , count], unit) => {
    first[unit + 1] = first[unit] + count;
    unitOf.fill(unit, first[unit], first[unit + 1]);
  });
  for (let i = 0; i < total; i++) {
    const code = rows.light.charCodeAt(i); // 0..7 can be finished, a..h cannot, - is not returned
    light[i] = code === 45 ? -1 : code >= 97 ? code - 97 : code - 48;
    closable[i] = code >= 48 && code < 97 ? 1 : 0;
  }
  behind.row.forEach((row, at) => { since[row] = behind.since[at]; why[row] = behind.why[at]; });

  // ---- small tools -----------------------------------------------------------------------------------------------
  const tone = (index) => `var(--l${index})`;
  const swatch = (index) => {
    const node = make("span", "", { className: "swatch" });
    node.style.background = tone(index);
    return node;
  };
  const dateOf = (day) => new Date(Date.UTC(data.year, 0, 1 + day));
  const dayText = (day) => {
    const date = dateOf(day), text = `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
    return date.getUTCFullYear() === data.year ? text : `${date.getUTCFullYear()}年${text}`;
  };
  const percent = (part, whole) => (whole ? `${Math.round((100 * part) / whole)}%` : "—");
  const number = (count, title, keep, label = String(count)) => {
    if (!count) return make("span", label, { className: "none" });
    const button = make("button", label, { type: "button", title: `${title}：看这些事项`, ariaLabel: `${label}，${title}` });
    button.addEventListener("click", () => openRows(title, keep));
    return button;
  };

  // ---- filters ---------------------------------------------------------------------------------------------------
  const pass = new Uint8Array(total);
  let shown = [], counts, page = 0;
  const options = (select, words) => {
    select.append(make("option", "全部", { value: "" }), ...words.map((word, at) => make("option", word || "（未填）", { value: at })));
  };
  [["group", data.groups], ["kind", data.kinds], ["state", states], ["section", sections], ["light", lights]].forEach(
    ([name, words]) => options($(name), words));

  function filter() {
    const wanted = Object.fromEntries(["group", "kind", "state", "section", "light"].map((name) => [name, $(name).value]));
    const text = $("search").value.trim().toLowerCase();
    const hits = (words) => Uint8Array.from(words, (word) => (!text || word.toLowerCase().includes(text) ? 1 : 0));
    const is = (name, value) => wanted[name] === "" || Number(wanted[name]) === value;
    const unitHit = hits(units.map(([name]) => name)), personHit = hits(people), dutyHit = hits(duties.map((duty) => duty[3]));
    const unitPass = Uint8Array.from(units, ([, kind, group, state]) => (is("kind", kind) && is("group", group) && is("state", state) ? 1 : 0));
    const dutyPass = Uint8Array.from(duties, ([, section]) => (is("section", section) ? 1 : 0));
    counts = { light: new Int32Array(units.length * lights.length), own: new Int32Array(units.length), back: new Int32Array(units.length),
      closable: 0, sections: new Int32Array(sections.length) };
    for (let i = 0; i < total; i++) {
      const unit = unitOf[i], duty = rows.duty[i];
      pass[i] = unitPass[unit] && dutyPass[duty] && is("light", light[i]) && (unitHit[unit] || personHit[rows.person[i]] || dutyHit[duty]) ? 1 : 0;
      if (!pass[i]) continue;
      counts.own[unit]++;
      counts.sections[duties[duty][1]]++;
      if (light[i] < 0) continue;
      counts.back[unit]++;
      counts.closable += closable[i];
      counts.light[unit * lights.length + light[i]]++;
    }
    const narrow = wanted.section !== "" || wanted.light !== "";
    shown = units.map((_, unit) => unit).filter((unit) => counts.own[unit] || (unitPass[unit] && !narrow && unitHit[unit]));
    const of = (unit, index) => counts.light[unit * lights.length + index];
    shown.sort((a, b) => of(b, OVERDUE) - of(a, OVERDUE) || of(b, SHORT) - of(a, SHORT) || of(b, NEAR) - of(a, NEAR) || a - b);
    page = 0;
    show();
  }
  const sum = (index) => shown.reduce((all, unit) => all + counts.light[unit * lights.length + index], 0);

  // ---- the parts of the page -------------------------------------------------------------------------------------
  function show() {
    showFigures();
    showUnits();
    showMonths();
    showTimeline();
    showOwn();
    const asked = [...$("filters").querySelectorAll("input, select")].filter((field) => field.value).map(
      (field) => `${field.labels[0].firstChild.textContent.trim()}“${field.options ? field.selectedOptions[0].textContent : field.value}”`);
    $("shown").textContent = asked.length ? `筛选：${asked.join("、")}，${shown.length} 个单位。` : "";
    hint();
  }

  function showFigures() {
    const missing = shown.filter((unit) => units[unit][3] === MISSING);
    const issued = shown.reduce((all, unit) => all + counts.own[unit], 0);
    const card = (key, label, value, color, open) => {
      const button = make("button", "", { type: "button", id: `figure-${key}` });
      button.append(make("b", String(value)), make("span", label));
      if (color !== null) button.style.setProperty("--tone", tone(color));
      button.addEventListener("click", open);
      return button;
    };
    const lit = (key, index) => card(key, lights[index], sum(index), index, () => openRows(lights[index], (i) => light[i] === index));
    $("figures").replaceChildren(
      card("units", "下发单位", shown.length, null, () => openUnits("下发单位", shown)),
      card("returned", "已交回", shown.length - missing.length, null, () => openUnits("已交回", shown.filter((unit) => units[unit][3] !== MISSING))),
      card("missing", "未交回", missing.length, OVERDUE, () => openUnits("未交回", missing)),
      card("duties", "责任事项", issued, null, () => openRows("责任事项", () => true)),
      card("rate", "完成率", percent(sum(DONE), counts.closable), DONE, () => openRows("应办结", (i) => closable[i])),
      lit("overdue", OVERDUE), lit("short", SHORT), lit("near", NEAR), lit("done", DONE));
  }

  function showUnits() {
    const here = shown.slice(page * UNITS_A_PAGE, (page + 1) * UNITS_A_PAGE);
    const turn = (to) => { page = to; showUnits(); $("units").scrollIntoView(); };
    $("legend").replaceChildren(...lights.map((word, index) => {
      const node = make("span");
      node.append(swatch(index), ` ${word} ${sum(index)}`);
      return node;
    }));
    const heading = (index) => [[swatch(index), lights[index]], ""];
    table($("units-table"),
      [["单位", "text"], ["交回", ""], ["事项", ""], ...[OVERDUE, SHORT, NEAR].map(heading), ["构成", "bar"], ...lights.map((_, index) => index).filter((index) => ![OVERDUE, SHORT, NEAR].includes(index)).map(heading)],
      here.map((unit) => {
        const [name, , , state] = units[unit];
        const mine = (index) => counts.light[unit * lights.length + index];
        const back = state !== MISSING;
        const lit = (index) => (back ? number(mine(index), `${name} ${lights[index]}`, (i) => unitOf[i] === unit && light[i] === index) : make("span", "—", { className: "none" }));
        return [name, states[state], number(counts.own[unit], `${name} 全部事项`, (i) => unitOf[i] === unit), ...[OVERDUE, SHORT, NEAR].map(lit), back ? bar(name, mine, counts.back[unit]) : "",
          ...lights.map((_, index) => index).filter((index) => ![OVERDUE, SHORT, NEAR].includes(index)).map(lit)];
      }));
    pager($("units-pages"), shown.length, UNITS_A_PAGE, page, turn);
    showHeat(here);
  }

  function bar(name, mine, whole) {
    const svg = draw("svg", { viewBox: "0 0 200 14", preserveAspectRatio: "none", role: "img", height: 14 });
    const order = [OVERDUE, SHORT, NEAR, ...lights.map((_, index) => index).filter((index) => ![OVERDUE, SHORT, NEAR].includes(index))];
    svg.setAttribute("aria-label", `${name}：${order.filter(mine).map((index) => `${lights[index]} ${mine(index)}`).join("，")}`);
    let left = 0;
    order.filter(mine).forEach((index) => {
      const width = (200 * mine(index)) / whole;
      const part = draw("rect", { x: left, y: 0, width, height: 14, stroke: EDGE, "stroke-width": 0.8, "vector-effect": "non-scaling-stroke" }, draw("title", {}, `${lights[index]} ${mine(index)}`));
      part.style.fill = tone(index);
      svg.append(part);
      left += width;
    });
    return svg;
  }

  function showHeat(here) {
    const columns = sections.map((_, section) => section).filter((section) => counts.sections[section]);
    table($("heat-table"), [["单位", "text"], ...columns.map((section) => [heading(sections[section]), ""])], here.map((unit) => {
      const back = new Int32Array(sections.length), late = new Int32Array(sections.length);
      for (let i = first[unit]; i < first[unit + 1]; i++) {
        if (!pass[i] || light[i] < 0) continue;
        back[duties[rows.duty[i]][1]]++;
        if (light[i] === OVERDUE || light[i] === SHORT) late[duties[rows.duty[i]][1]]++;
      }
      return [units[unit][0], ...columns.map((section) => (back[section] ? heatCell(unit, section, late[section], back[section]) : ""))];
    }));
  }

  // a section may be called by a whole sentence
  const heading = (text) => make("span", text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, { title: text });

  function heatCell(unit, section, late, back) {
    const share = late / back;
    const button = make("button", percent(late, back), { type: "button", title: `${units[unit][0]} · ${sections[section]}：${back} 项中 ${late} 项逾期或欠缺` });
    // never so dark that the number on it is hard to read
    button.style.background = share ? `color-mix(in srgb, #b3451a ${Math.round(10 + 60 * share)}%, white)` : "transparent";
    if (!share) button.className = "none";
    button.addEventListener("click", () => openRows(`${units[unit][0]} · ${sections[section]}`, (i) => unitOf[i] === unit && duties[rows.duty[i]][1] === section && light[i] >= 0));
    return button;
  }

  function showMonths() {
    const asked = new Int32Array(MONTHS), done = new Int32Array(MONTHS), lacking = new Int32Array(MONTHS);
    for (let i = 0; i < total; i++) {
      if (!pass[i]) continue;
      for (const [month, due, met, short] of profiles[rows.profile[i]]) { asked[month] += due; done[month] += met; lacking[month] += short; }
    }
    const months = [...asked.keys()].filter((month) => asked[month]);
    const has = (month, at) => (i) => profiles[rows.profile[i]].some((entry) => entry[0] === month && entry[at]);
    const ended = (month) => (Date.UTC(data.year, month + 1, 1) - Date.UTC(data.year, 0, 1)) / 86400000 <= data.asOf;
    $("months-chart").replaceChildren(monthChart(room($("months-chart")), months, asked, done, ended));
    table($("months-table"), [["到期月份", "text"], ["应做次数", ""], ["已做次数", ""], ["到期还缺", ""]], months.map((month) => [
      `${month + 1}月${ended(month) ? "" : "（未到期）"}`,
      number(asked[month], `${month + 1}月到期应做`, has(month, 1)),
      number(done[month], `${month + 1}月到期已做`, has(month, 2)),
      number(lacking[month], `${month + 1}月到期还缺`, has(month, 3)),
    ]));
  }

  // drawn in the pixels there are, so that nothing is cut and no letter shrinks on a narrow screen
  const room = (node) => Math.min(CHART, node.clientWidth || CHART);

  function monthChart(width, months, asked, done, ended) {
    const svg = draw("svg", { viewBox: `0 0 ${width} 170`, role: "img", "aria-label": "各月到期应做与已做次数，数字见下表" });
    const most = Math.max(1, ...months.map((month) => asked[month])), pitch = width / MONTHS, wide = 0.7 * pitch;
    months.forEach((month) => {
      const left = month * pitch + 0.15 * pitch, middle = left + wide / 2, high = (120 * asked[month]) / most, met = (120 * done[month]) / most;
      const want = draw("rect", { x: left, y: 140 - high, width: wide, height: high, fill: "#ffffff", stroke: EDGE, "stroke-dasharray": ended(month) ? "none" : "3 3" }, draw("title", {}, `${month + 1}月应做 ${asked[month]} 次`));
      const got = draw("rect", { x: left + 0.1 * wide, y: 140 - met, width: 0.8 * wide, height: met }, draw("title", {}, `${month + 1}月已做 ${done[month]} 次`));
      got.style.fill = tone(DONE);
      const both = `${done[month]}/${asked[month]}`, label = both.length * LETTER <= pitch ? both : percent(done[month], asked[month]);
      svg.append(want, got, draw("text", { x: middle, y: 156, "text-anchor": "middle" }, `${month + 1}月`),
        draw("text", { x: middle, y: 134 - high, "text-anchor": "middle" }, label));
    });
    return svg;
  }

  function showTimeline() {
    const late = new Map(), coming = new Map();
    const add = (map, day) => map.set(day, (map.get(day) || 0) + 1);
    for (let i = 0; i < total; i++) {
      if (!pass[i]) continue;
      if (light[i] === OVERDUE || light[i] === SHORT) add(late, since[i]);
      if (rows.next[i] !== NONE) add(coming, rows.next[i]);
    }
    $("timeline-chart").replaceChildren(timelineChart(room($("timeline-chart")), late, coming));
    const days = [...coming.keys()].sort((a, b) => a - b).slice(0, DAYS_SHOWN);
    const overdue = sum(OVERDUE) + sum(SHORT);
    const list = [number(overdue, "已过期", (i) => light[i] === OVERDUE || light[i] === SHORT, `已过期 ${overdue} 项`),
      ...days.map((day) => number(coming.get(day), `${dayText(day)}到期`, (i) => rows.next[i] === day, `${dayText(day)}（${day === data.asOf ? "今天" : `还有 ${day - data.asOf} 天`}）${coming.get(day)} 项`))];
    $("timeline-days").replaceChildren(...list);
  }

  function timelineChart(width, late, coming) {
    const svg = draw("svg", { viewBox: `0 0 ${width} 170`, role: "group", "aria-label": "按周的已过期和将到期事项，左右方向键移动，回车看事项" });
    const week = (day) => Math.max(0, Math.min(WEEKS - 1, Math.floor(day / 7))), pitch = width / WEEKS;
    const past = new Int32Array(WEEKS), next = new Int32Array(WEEKS);
    late.forEach((count, day) => { past[week(day)] += count; });
    coming.forEach((count, day) => { next[week(day)] += count; });
    const most = Math.max(1, ...past.map((count, at) => count + next[at]));
    const bars = (counts, base, color, word, keep) => counts.forEach((count, at) => {
      if (!count) return;
      const high = Math.max(2, (112 * count) / most), under = (112 * base[at]) / most, told = `${dayText(at * 7)}起一周${word}`;
      const rect = draw("rect", { x: at * pitch, y: 140 - under - high, width: 0.85 * pitch, height: high, role: "button", tabindex: -1, "aria-label": `${told} ${count} 项` }, draw("title", {}, `${told} ${count} 项`));
      rect.style.fill = color;
      rect.addEventListener("click", () => openRows(told, (i) => keep(i, at)));
      svg.append(rect);
    });
    bars(past, new Int32Array(WEEKS), tone(OVERDUE), "已过期", (i, at) => (light[i] === OVERDUE || light[i] === SHORT) && week(since[i]) === at);
    bars(next, past, tone(NORMAL), "将到期", (i, at) => rows.next[i] !== NONE && week(rows.next[i]) === at);
    if (svg.firstChild) svg.firstChild.setAttribute("tabindex", 0);
    svg.addEventListener("keydown", stride);
    for (let month = 0; month < MONTHS; month++) {
      const day = (Date.UTC(data.year, month, 1) - Date.UTC(data.year, 0, 1)) / 86400000;
      svg.append(draw("text", { x: (day / 7) * pitch, y: 156 }, `${month + 1}月`));
    }
    const now = (Math.max(0, Math.min(7 * WEEKS, data.asOf)) / 7) * pitch, before = now > width - 50;
    svg.append(draw("line", { x1: now, x2: now, y1: 16, y2: 142, stroke: "#1d2a36", "stroke-dasharray": "4 3" }),
      draw("text", { x: before ? now - 4 : now + 4, y: 26, "text-anchor": before ? "end" : "start" }, "统计日"));
    return svg;
  }

  function showOwn() {
    $("own").hidden = !own.length;
    if (!own.length) return;
    const found = own.map(() => new Map());
    let back = 0;
    for (let i = 0; i < total; i++) {
      if (!pass[i] || light[i] < 0) continue;
      back++;
      written[rows.ownAt[i]].forEach((text, at) => { if (text) found[at].set(text, (found[at].get(text) || 0) + 1); });
    }
    table($("own-table"), [["列", "text"], ["已填", ""], ["未填", ""], ["填写内容", "text long"]], own.map((heading, at) => {
      const texts = [...found[at]].sort((a, b) => b[1] - a[1]), filled = texts.reduce((sum, [, count]) => sum + count, 0);
      const is = (fits) => (i) => light[i] >= 0 && fits(written[rows.ownAt[i]][at]);
      const words = texts.length <= OWN_WORDS ? texts.map(([text, count]) => number(count, `${heading}：${text}`, is((word) => word === text), `${text}：${count} 项`)) : `${texts.length} 种内容`;
      return [heading, number(filled, `${heading} 已填`, is((word) => word)), number(back - filled, `${heading} 未填`, is((word) => !word)), words];
    }));
  }

  // ---- the rows behind a number ----------------------------------------------------------------------------------
  function open(title, count, head, line) {
    const turn = (to) => {
      const from = to * ROWS_A_PAGE;
      table($("rows-table"), head, Array.from({ length: Math.min(ROWS_A_PAGE, count - from) }, (_, at) => line(from + at)));
      pager($("rows-pages"), count, ROWS_A_PAGE, to, turn);
    };
    $("rows-title").textContent = title;
    turn(0);
    $("rows").showModal();
    hint();
  }

  function openRows(title, keep) {
    const found = [];
    for (let i = 0; i < total; i++) if (pass[i] && keep(i)) found.push(i);
    open(`${title}：${found.length} 项`, found.length,
      [["单位", "text"], ["角色", "text"], ["序号", ""], ["责任事项", "text long"], ["责任人", "text"], ["预警", "text"], ["应完成日", ""], ["已做/应做", ""], ["原因", "text"], ...own.map((heading) => [heading, "text"]), ["批示、督办意见、备注", "text"]],
      (at) => {
        const i = found[at], [role, , place, text] = duties[rows.duty[i]], profile = profiles[rows.profile[i]];
        const all = (index) => profile.reduce((sum, entry) => sum + entry[index], 0);
        return [units[unitOf[i]][0], roles[role], place, text, people[rows.person[i]], light[i] < 0 ? "未交回" : [swatch(light[i]), ` ${lights[light[i]]}`],
          since[i] === NONE ? "" : dayText(since[i]), profile.length ? `${all(2)}/${all(1)}` : "", why[i] < 0 ? "" : reasons[why[i]], ...(own.length ? written[rows.ownAt[i]] : []), data.remarks[i] || ""];
      });
  }

  function openUnits(title, found) {
    open(`${title}：${found.length} 个单位`, found.length, [["单位", "text"], ["类型", "text"], ["考核组", "text"], ["交回", "text"], ["事项", ""]], (at) => {
      const [name, kind, group, state] = units[found[at]];
      return [name, data.kinds[kind], data.groups[group], states[state], String(counts.own[found[at]])];
    });
  }

  // ---- hands -----------------------------------------------------------------------------------------------------
  let waiting = 0, width = window.innerWidth;
  const soon = (work) => () => { clearTimeout(waiting); waiting = setTimeout(work, 120); };
  $("filters").addEventListener("input", soon(filter));
  window.addEventListener("resize", () => { if (window.innerWidth !== width) { width = window.innerWidth; soon(show)(); } });
  $("filters").addEventListener("reset", () => setTimeout(filter));
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("print").addEventListener("click", () => window.print());
  document.querySelectorAll("[data-grid]").forEach((grid) => grid.addEventListener("keydown", walk));
  filter();
})();
