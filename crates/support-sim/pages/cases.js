// The list of cases, with the chosen one beside it.

import { call, encoded } from "./api.js";
import { casePanel } from "./case.js";
import { dialog } from "./dialogs.js";
import { failure, fill, h, keep, mark, say, skeleton, toast } from "./dom.js";
import { severities, since, status, statusCodes, statusKind } from "./words.js";

export function casesSection(desk) {
  const search = h("input", { type: "search", placeholder: "Search everything said", "aria-label": "Search cases", onInput: () => later() });
  const filter = h(
    "select",
    { "aria-label": "Which cases", onChange: () => section.refresh() },
    h("option", { value: "open" }, "Open"),
    h("option", { value: "all" }, "All"),
    statusCodes.map((code) => h("option", { value: code }, status(code))),
  );
  const list = h("ol", { "aria-label": "Cases" });
  const note = h("div", {}, skeleton());
  const panelPlace = h("section", { class: "case", "aria-label": "Case" });
  const element = h(
    "div",
    { class: "desk" },
    h(
      "section",
      { class: "list", "aria-label": "Cases" },
      h(
        "div",
        { class: "tools" },
        h("div", { class: "row spread" }, h("h1", {}, "Cases"), h("button", { type: "button", class: "main", onClick: openIncident }, "Open an incident")),
        h("div", { class: "filter" }, search, filter),
      ),
      note,
      list,
    ),
    panelPlace,
  );
  let chosen = null;
  let panel = null;
  let waiting = 0;

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(() => section.refresh(), 200);
  }

  async function refreshList() {
    const query = new URLSearchParams({ search: search.value, status: filter.value });
    try {
      const { cases, total } = await call("GET", `/_eco/api/cases?${query}`);
      keep(list, cases, (line) => line.displayId, makeLine, updateLine);
      if (cases.length === 0) fill(note, nothing());
      else if (total > cases.length) fill(note, h("p", { class: "more" }, `The ${cases.length} last changed of ${total}. Search to see others.`));
      else fill(note);
    } catch (error) {
      keep(list, [], () => "", () => null);
      fill(note, failure(error, () => section.refresh()));
    }
  }

  function nothing() {
    if (search.value || filter.value !== "open") {
      return h("div", { class: "empty" }, h("h2", {}, "No case fits"), h("p", {}, "Change the search or show all cases."));
    }
    return h("div", { class: "empty" }, h("h2", {}, "No open cases"), h("p", {}, "They appear here as soon as a customer reports an incident, or when you open one."));
  }

  function makeLine(line) {
    return h(
      "li",
      {},
      h(
        "a",
        { href: `#/cases/${line.displayId}` },
        h("span", { class: "subject" }),
        h("span", { class: "row" }, h("span", { class: "badge" }), h("span", { class: "soft priority" })),
        h("span", { class: "row" }, h("span", { class: "soft number" }), h("time", { class: "soft" })),
      ),
    );
  }

  function updateLine(item, line) {
    const part = (name) => item.querySelector(name);
    mark(item.firstElementChild, "aria-current", line.displayId === chosen ? "true" : null);
    say(part(".subject"), line.subject);
    say(part(".badge"), status(line.status));
    part(".badge").className = `badge ${statusKind(line.status)}`;
    say(part(".priority"), `${line.priority} priority`);
    say(part(".number"), `${line.displayId}${line.openedByEco ? ", opened by ECO" : ""}`);
    since(part("time"), line.updated);
  }

  function openIncident() {
    dialog({
      title: "Open an incident",
      text: "The customer finds it among their cases, opened by ECO.",
      confirm: "Open",
      fields: [
        { name: "subject", label: "Subject", required: true },
        { name: "severity", label: "Priority", kind: "select", options: severities, value: "high" },
        { name: "body", label: "What has happened", kind: "area", required: true },
        { name: "files", label: "Files", kind: "file" },
      ],
      submit: async ({ files, ...values }) => {
        const { displayId } = await call("POST", "/_eco/api/cases", { ...values, files: await Promise.all(files.map(encoded)) });
        toast(`Incident ${displayId} is open.`);
        location.hash = `#/cases/${displayId}`;
      },
    });
  }

  const section = {
    element,
    open(id) {
      chosen = id || null;
      element.classList.toggle("one", Boolean(chosen));
      for (const item of list.children) mark(item.firstElementChild, "aria-current", item.dataset.key === chosen ? "true" : null);
      if (!chosen) {
        panel = null;
        fill(panelPlace, h("div", { class: "empty" }, h("h2", {}, "Choose a case"), h("p", {}, "Its correspondence and what you can do with it are shown here.")));
      } else if (panel?.id !== chosen) {
        panel = casePanel(panelPlace, chosen, desk);
      }
    },
    async refresh() {
      await Promise.all([refreshList(), panel?.refresh()]);
    },
  };
  return section;
}
