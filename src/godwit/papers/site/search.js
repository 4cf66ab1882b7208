// Looks through the entries of search-index.js. Everything happens on this page: nothing is sent or fetched.
"use strict";

(() => {
  const MOST_SHOWN = 60;
  const form = document.getElementById("search-form");
  const box = document.getElementById("search-box");
  const told = document.getElementById("search-told");
  const list = document.getElementById("search-results");

  const split = (text) => text.toLowerCase().match(/[a-z0-9]+(?:[-'’][a-z0-9]+)*/g) ?? [];

  // How well one word of the question fits an entry: 0 means not at all.
  const fits = (word, title, rest) => {
    if (title.includes(word)) return 12;
    if (title.some((one) => one.startsWith(word))) return 8;
    if (rest.includes(word)) return 3;
    return rest.some((one) => one.startsWith(word)) ? 1 : 0;
  };

  const WHOLE_PAGES = new Set(["Page", "Phase", "Role", "Third party", "Document"]);
  const entries = GUIDE_ENTRIES.map(([title, kind, href, key, words], place) => ({
    title, kind, href, key, place, inTitle: split(`${title} ${key}`), inText: words.split(" "),
  }));

  const find = (question) => {
    const asked = split(question);
    if (asked.length === 0) return [];
    return entries
      .map((entry) => {
        const points = asked.map((word) => fits(word, entry.inTitle, entry.inText));
        const sum = points.reduce((total, one) => total + one, 0) + (WHOLE_PAGES.has(entry.kind) ? 4 : 0);
        return { entry, points: points.includes(0) ? 0 : sum };
      })
      .filter((one) => one.points > 0)
      .sort((one, other) => other.points - one.points || one.entry.place - other.entry.place)
      .map((one) => one.entry);
  };

  const line = (entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.href;
    link.textContent = entry.key && entry.key !== entry.title ? `${entry.key} ${entry.title}` : entry.title;
    const kind = document.createElement("span");
    kind.className = "hint";
    kind.textContent = entry.kind;
    item.append(link, kind);
    return item;
  };

  const show = () => {
    const question = box.value.trim();
    const found = find(question);
    list.replaceChildren(...found.slice(0, MOST_SHOWN).map(line));
    const sum = found.length === 1 ? "1 result" : `${found.length} results`;
    const part = found.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} shown` : "";
    told.textContent = question === "" ? "" : `${sum} for “${question}”${part}`;
  };

  document.getElementById("search-without").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  box.addEventListener("input", show);
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  show();
})();
