// What goes wrong on demand.

import { call } from "./api.js";
import { dialog } from "./dialogs.js";
import { failure, fillWith, h, skeleton, toast } from "./dom.js";

const KINDS = [
  ["refuse", "Refuse before anything is done"],
  ["lose_answer", "Do it, then lose the answer"],
  ["unreachable", "Close the connection, do nothing"],
  ["reset", "Reset the connection"],
  ["status", "Answer with a bare HTTP status"],
  ["delay", "Do it late"],
  ["slow_body", "Answer slowly"],
  ["malformed", "Do it, answer with no JSON"],
  ["truncated", "Do it, cut the answer off"],
  ["wrong_time", "Have a wrong clock"],
  ["fail_upload", "Let the upload fail"],
  ["answer", "Answer with another body"],
  ["edit", "Do it, change a member of the answer"],
  ["wrong_date", "Date the answer wrongly"],
];

const CODES = ["ThrottlingException", "InternalServerError", "AccessDeniedException", "SubscriptionRequiredException", "ExpiredTokenException", "UnrecognizedClientException", "CaseCreationLimitExceeded", "AttachmentLimitExceeded"];

export function faultsSection() {
  const body = h("div", {}, skeleton(4));
  const clear = h("button", { type: "button", onClick: () => act("DELETE", "/_eco/api/faults", "Nothing goes wrong any more.") }, "Clear all");
  let on = ["any"];
  const element = h(
    "div",
    { class: "section" },
    h(
      "header",
      {},
      h("div", {}, h("h1", {}, "Faults"), h("p", {}, "The first fault that meets a call decides what becomes of it.")),
      h("div", { class: "row" }, clear, h("button", { type: "button", class: "main", onClick: add }, "Add a fault")),
    ),
    body,
  );

  async function act(method, path, done) {
    try {
      await call(method, path);
      toast(done);
    } catch (error) {
      toast(error.message, true);
    }
  }

  function add() {
    dialog({
      title: "Add a fault",
      confirm: "Add",
      fields: [
        { name: "kind", label: "What goes wrong", kind: "select", options: KINDS },
        { name: "code", label: "Error", kind: "select", options: CODES.map((code) => [code, code]) },
        { name: "status", label: "HTTP status", kind: "number", value: "503", min: 400, max: 599, required: true },
        { name: "seconds", label: "Seconds", kind: "number", value: "5", min: -86400, step: "any", required: true, hint: "Real time; of a wrong clock or date how far it is ahead, or behind with a minus" },
        { name: "processed", label: "When", kind: "select", options: [["", "Before anything is done"], ["true", "After it is done"]] },
        { name: "body", label: "Body", kind: "text", value: "{}", hint: "It need not be JSON" },
        { name: "path", label: "Member", kind: "text", value: "cases/*/recentCommunications", required: true, hint: "Names with slashes between; * is every item of a list" },
        { name: "value", label: "JSON in its place", kind: "text", hint: "Empty to take it out" },
        { name: "on", label: "Which calls", kind: "select", options: on.map((name) => [name, ON[name] ?? name]) },
        { name: "often", label: "How often", kind: "select", options: [["times", "The next calls"], ["always", "Every call, until it is taken back"], ["chance", "By chance"]] },
        { name: "times", label: "How many calls", kind: "number", value: "1", min: 1, required: true },
        { name: "percent", label: "How likely, in percent", kind: "number", value: "20", min: 0, max: 100, required: true },
        { name: "seed", label: "Seed", kind: "number", value: "1", required: true, hint: "The same seed repeats the same run" },
      ],
      depends: {
        code: ["kind", ["refuse"]],
        status: ["kind", ["status"]],
        seconds: ["kind", ["delay", "slow_body", "wrong_time", "wrong_date"]],
        processed: ["kind", ["reset", "answer"]],
        body: ["kind", ["answer"]],
        path: ["kind", ["edit"]],
        value: ["kind", ["edit"]],
        times: ["often", ["times"]],
        percent: ["often", ["chance"]],
        seed: ["often", ["chance"]],
      },
      submit: async (values) => {
        const fault = { kind: values.kind };
        if (values.code) fault.code = values.code;
        if (values.status) fault.status = Number(values.status);
        if (values.seconds) fault.seconds = Number(values.seconds);
        if (values.kind === "reset" || values.kind === "answer") fault.processed = values.processed === "true";
        if (values.kind === "answer") fault.body = values.body ?? "";
        if (values.kind === "edit") fault.edits = [{ path: values.path, ...(values.value ? { value: JSON.parse(values.value) } : {}) }];
        const rule = { on: values.on, fault };
        if (values.often === "times") rule.times = Number(values.times);
        if (values.often === "chance") rule.chance = { probability: Number(values.percent) / 100, seed: Number(values.seed) };
        await call("POST", "/_eco/api/faults", rule);
      },
    });
  }

  function what({ fault }) {
    const label = KINDS.find(([code]) => code === fault.kind)?.[1] ?? fault.kind;
    const detail = fault.code ?? fault.status ?? (fault.seconds === undefined ? null : `${fault.seconds} s`) ?? (fault.processed ? "after it is done" : null);
    return detail ? `${label}: ${detail}` : label;
  }

  function often({ times, chance }) {
    if (chance) return `${Math.round(chance.probability * 1000) / 10} % of the calls`;
    if (times === null || times === undefined) return "Every call";
    return times === 1 ? "The next call" : `The next ${times} calls`;
  }

  return {
    element,
    async refresh() {
      try {
        const told = await call("GET", "/_eco/api/faults");
        on = told.on;
        clear.hidden = told.faults.length === 0;
        fillWith(body, told.faults, () => {
          if (!told.faults.length) {
            return h("div", { class: "card empty" }, h("h2", {}, "Nothing goes wrong"), h("p", {}, "Add a fault to see how a client copes with it."));
          }
          const rows = told.faults.map((entry) =>
            h("tr", {}, h("td", {}, what(entry)), h("td", {}, ON[entry.on] ?? entry.on), h("td", {}, often(entry)), h("td", { class: "act" }, h("button", { type: "button", class: "small", "aria-label": `Take back: ${what(entry)}`, onClick: () => act("DELETE", `/_eco/api/faults/${entry.id}`, "Taken back.") }, "Take back"))),
          );
          return h("div", { class: "card table" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, "What goes wrong"), h("th", {}, "Which calls"), h("th", {}, "How often"), h("td", {}))), h("tbody", {}, rows)));
        });
      } catch (error) {
        fillWith(body, error.message, () => failure(error, () => this.refresh()));
      }
    },
  };
}

const ON = { any: "Any call", upload: "Uploads of parts", download: "Downloads" };
