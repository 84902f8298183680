// What clients really sent, and how it ended.

import { call } from "./api.js";
import { failure, fill, h, keep, skeleton, toast } from "./dom.js";
import { since } from "./words.js";

const OUTCOMES = {
  answered: ["Answered", "done"],
  refused: ["Refused", "wait"],
  "bare-status": ["Bare status", "bad"],
  "answer-lost": ["Done, answer lost", "bad"],
  "answer-spoilt": ["Done, answer spoilt", "bad"],
  unreachable: ["Not reached", "bad"],
};

export function callsSection() {
  const rows = h("tbody");
  const table = h("div", { class: "card table", hidden: true }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, "When"), h("th", {}, "Operation"), h("th", {}, "How it ended"), h("th", {}, "Access key"))), rows));
  const note = h("div", {}, skeleton());
  const count = h("p");
  const clear = h("button", { type: "button", hidden: true, onClick: forget }, "Forget them");
  const element = h(
    "div",
    { class: "section" },
    h("header", {}, h("div", {}, h("h1", {}, "Calls"), count), clear),
    note,
    table,
  );

  async function forget() {
    try {
      await call("DELETE", "/_eco/api/calls");
    } catch (error) {
      toast(error.message, true);
    }
  }

  function row(entry) {
    const [label, kind] = OUTCOMES[entry.outcome] ?? [entry.outcome, ""];
    return h(
      "tr",
      {},
      h("td", {}, since(h("time"), entry.at)),
      h("td", {}, entry.operation ?? "Unknown", entry.dryRun ? " (dry run)" : ""),
      h("td", {}, h("span", { class: `badge ${kind}` }, label), entry.code ? h("span", { class: "soft", title: entry.message }, ` ${entry.code}`) : null),
      h("td", { class: "mono" }, entry.accessKeyId ?? "none"),
    );
  }

  return {
    element,
    async refresh() {
      try {
        const { calls, total } = await call("GET", "/_eco/api/calls");
        count.textContent = total > calls.length ? `The newest ${calls.length} of ${total}.` : "All calls of the Support API, the newest first.";
        table.hidden = calls.length === 0;
        clear.hidden = calls.length === 0;
        fill(note, calls.length ? null : h("div", { class: "card empty" }, h("h2", {}, "No calls yet"), h("p", {}, "Point a client at this address: ", h("code", {}, location.origin))));
        keep(rows, calls, (entry) => entry.requestId, row);
      } catch (error) {
        table.hidden = true;
        fill(note, failure(error, () => this.refresh()));
      }
    },
  };
}
