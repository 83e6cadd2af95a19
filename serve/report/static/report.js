"use strict";
// The one script of the report: the switch of languages, sorting and filtering of tables. Nothing needs it to be read.
(() => {
  const root = document.documentElement;
  const LANGUAGES = { zh: "中文", en: "English" };
  const ROWS_OF_A_FILTER = 8;

  const remembered = () => { try { return localStorage.getItem("language"); } catch { return null; } };
  const remember = (language) => { try { localStorage.setItem("language", language); } catch { /* a folder may not keep it */ } };

  function speak(language) {
    root.classList.remove("zh", "en");
    root.classList.add(language);
    root.lang = language === "zh" ? "zh-Hans" : "en";
    for (const button of document.querySelectorAll("#language button")) {
      button.setAttribute("aria-pressed", String(button.value === language));
    }
  }

  function addSwitch() {
    for (const [language, name] of Object.entries(LANGUAGES)) {
      const button = document.createElement("button");
      button.type = "button";
      button.value = language;
      button.textContent = name;
      button.lang = language;
      button.addEventListener("click", () => { remember(language); speak(language); });
      document.getElementById("language").append(button);
    }
  }

  // What a cell is sorted by: its plain value as a number where it is one, else its text. An unknown value is last.
  function keyOf(row, place) {
    const cell = row.cells[place];
    if (cell.querySelector(".unknown")) return null;
    const text = cell.dataset.value ?? cell.innerText.trim();
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  }

  function compare(one, other) {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one === "number" && typeof other === "number") return one - other;
    return String(one).localeCompare(String(other), "zh-Hans");
  }

  function sort(table, header) {
    const isDown = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => [keyOf(row, header.cellIndex), row]);
    keyed.sort(([one], [other]) => {
      const order = compare(one, other);
      return isDown && one !== null && other !== null ? -order : order;
    });
    body.append(...keyed.map(([, row]) => row));
  }

  function addSorting(table) {
    for (const header of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      button.addEventListener("click", () => sort(table, header));
      header.append(button);
    }
  }

  function addFilter(table, number) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < ROWS_OF_A_FILTER) return;
    const bar = document.createElement("div");
    bar.className = "filter";
    const label = document.createElement("label");
    label.htmlFor = `filter${number}`;
    label.innerHTML = '<span lang="zh">筛选</span> <span lang="en">Filter</span>';
    const input = document.createElement("input");
    input.type = "search";
    input.id = label.htmlFor;
    const shown = document.createElement("output");
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach((row, at) => { row.hidden = !words.every((word) => texts[at].includes(word)); });
      shown.textContent = `${rows.filter((row) => !row.hidden).length} / ${rows.length}`;
    };
    input.addEventListener("input", apply);
    bar.append(label, input, shown);
    table.parentElement.before(bar);
    apply();
  }

  speak(remembered() === "en" ? "en" : "zh");
  document.addEventListener("DOMContentLoaded", () => {
    addSwitch();
    speak(root.classList.contains("en") ? "en" : "zh");
    [...document.querySelectorAll("table[data-table]")].forEach((table, number) => {
      addSorting(table);
      addFilter(table, number);
    });
  });
})();
