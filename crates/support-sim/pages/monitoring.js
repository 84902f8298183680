// Monitoring: values come in, alarms are raised, and an operator says what they are.

import { call } from "./api.js";
import { dialog } from "./dialogs.js";
import { failure, fillWith, h, skeleton, toast } from "./dom.js";
import { since } from "./words.js";

const FOUND = [
  ["non-impacting", "Non-impacting"],
  ["incident", "Incident"],
  ["problem", "Problem"],
];

export function monitoringSection() {
  const body = h("div", {}, skeleton());
  let alarms = [];
  const element = h(
    "div",
    { class: "section" },
    h(
      "header",
      {},
      h("div", {}, h("h1", {}, "Monitoring"), h("p", {}, "A value at or over its threshold raises an alarm. ECO finds it to be non-impacting, an incident or a problem; only the latter two become cases.")),
      h("button", { type: "button", class: "main", onClick: raise }, "Let a value come in"),
    ),
    body,
  );

  function raise() {
    if (!alarms.length) return toast("This scenario has no alarms.", true);
    dialog({
      title: "Let a value come in",
      confirm: "Let it come in",
      fields: [
        { name: "alarm", label: "What is measured", kind: "select", options: alarms.map(({ name, metric, threshold }) => [name, `${metric} (threshold ${threshold})`]) },
        { name: "value", label: "Value", kind: "number", required: true, value: String(alarms[0].values[1]), hint: "Below the threshold nothing follows." },
        { name: "found", label: "What ECO finds it to be", kind: "select", options: [["", "As the scenario says, after a while"], ...FOUND] },
      ],
      submit: async ({ alarm, value, found }) => {
        const event = await call("POST", "/_eco/api/monitoring", { alarm, value: Number(value), ...(found ? { found } : {}) });
        toast(event.state.is === "below-threshold" ? "Noted: below the threshold." : event.state.case ? `Case ${event.state.case} is open.` : "Noted.");
      },
    });
  }

  async function settle(event, found) {
    try {
      await call("PUT", `/_eco/api/monitoring/${event.id}`, { found });
    } catch (error) {
      toast(error.message, true);
    }
  }

  function outcome(event) {
    const { state } = event;
    if (state.is === "below-threshold") return h("span", { class: "badge" }, "Below the threshold");
    if (state.is === "alarm") {
      return h(
        "span",
        { class: "row" },
        h("span", { class: "badge bad" }, "Alarm"),
        state.until ? h("small", {}, "ECO knows ", since(h("time"), state.until)) : null,
        FOUND.map(([code, label]) => h("button", { type: "button", class: "small", onClick: () => settle(event, code) }, label)),
      );
    }
    const label = FOUND.find(([code]) => code === state.found)?.[1] ?? state.found;
    return h("span", { class: "row" }, h("span", { class: `badge ${state.found === "non-impacting" ? "done" : "wait"}` }, label), state.case ? h("a", { href: `#/cases/${state.case}` }, `Case ${state.case}`) : null);
  }

  return {
    element,
    async refresh() {
      try {
        const told = await call("GET", "/_eco/api/monitoring");
        alarms = told.alarms;
        fillWith(body, told.events, () => {
          if (!told.events.length) {
            return h("div", { class: "card empty" }, h("h2", {}, "Nothing has come in yet"), h("p", {}, "The scenario lets values come in by itself, or you do."));
          }
          const rows = told.events.map((event) => h("tr", {}, h("td", {}, since(h("time"), event.at)), h("td", {}, event.metric), h("td", { class: "number" }, String(event.value)), h("td", { class: "number" }, String(event.threshold)), h("td", {}, outcome(event))));
          return h("div", { class: "card table" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, "When"), h("th", {}, "What is measured"), h("th", { class: "number" }, "Value"), h("th", { class: "number" }, "Threshold"), h("th", {}, "What it is"))), h("tbody", {}, rows)));
        });
      } catch (error) {
        fillWith(body, error.message, () => failure(error, () => this.refresh()));
      }
    },
  };
}
