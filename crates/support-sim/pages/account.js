// The account: plan, what is denied, quotas, and back to the beginning.

import { call } from "./api.js";
import { dialog } from "./dialogs.js";
import { fill, h, skeleton, toast } from "./dom.js";

const PLANS = {
  none: ["None", "Every call is refused with SubscriptionRequiredException."],
  business: ["Business Support+", "Severities up to urgent."],
  enterprise: ["Enterprise or Unified Operations", "All severities."],
};

const QUOTAS = [
  ["calls_per_second", "Calls a second", "AWS: 5"],
  ["cases_per_hour", "New cases an hour", "AWS: 10"],
  ["attachment_sets_per_hour", "New attachment sets an hour", "AWS's number is not published"],
  ["described_attachments_per_minute", "DescribeAttachment calls a minute", "AWS's number is not published"],
];

export function accountSection(desk) {
  const body = h("div", { class: "halves" }, skeleton(8));
  const element = h(
    "div",
    { class: "section" },
    h("header", {}, h("div", {}, h("h1", {}, "Account"), h("p", {}, "What the account may do, as its callers feel it.")), h("button", { type: "button", class: "danger", onClick: reset }, "Forget everything")),
    body,
  );
  let shown = "";

  async function change(values, done) {
    try {
      await call("PATCH", "/_eco/api/account", values);
      toast(done);
    } catch (error) {
      toast(error.message, true);
      shown = "";
    }
  }

  function reset() {
    dialog({
      title: "Forget everything?",
      text: "All cases, files, faults and calls go, on disk too. ECO begins anew. There is no way back.",
      confirm: "Forget everything",
      danger: true,
      submit: async () => {
        await call("POST", "/_eco/api/reset", {});
        location.hash = "#/cases";
        toast("Everything is forgotten.");
      },
    });
  }

  function planCard(account) {
    return h(
      "section",
      { class: "card pad stack" },
      h("h2", {}, "Support plan"),
      account.plans.map((plan) =>
        h(
          "label",
          { class: "check" },
          h("input", { type: "radio", name: "plan", value: plan, checked: plan === account.plan, onChange: () => change({ plan }, "The plan is changed.") }),
          h("span", {}, PLANS[plan][0], h("small", {}, PLANS[plan][1])),
        ),
      ),
    );
  }

  function quotaCard(account) {
    const inputs = QUOTAS.map(([name, label, hint]) => [name, label, hint, h("input", { type: "number", min: 0, value: account.quotas[name] ?? "", placeholder: "No limit" })]);
    const submit = (event) => {
      event.preventDefault();
      const quotas = Object.fromEntries(inputs.map(([name, , , input]) => [name, input.value === "" ? null : Number(input.value)]));
      change({ quotas }, "The quotas are changed.");
    };
    return h(
      "form",
      { class: "card pad stack", onSubmit: submit },
      h("h2", {}, "Quotas"),
      inputs.map(([, label, hint, input]) => h("label", {}, label, h("small", {}, hint), h("span", { class: "control" }, input))),
      h("div", {}, h("button", { type: "submit", class: "main" }, "Save quotas")),
    );
  }

  function deniedCard(account) {
    const denied = new Set(account.denied.map((denial) => denial.action));
    const boxes = account.actions.map((action) => [action, h("input", { type: "checkbox", checked: denied.has(action), onChange: save })]);
    function save() {
      change({ denied: boxes.filter(([, box]) => box.checked).map(([action]) => action) }, "The denied actions are changed.");
    }
    return h(
      "section",
      { class: "card pad stack" },
      h("h2", {}, "Denied actions"),
      h("p", { class: "soft" }, "Calls of these are refused with AccessDeniedException."),
      h("div", { class: "denied" }, boxes.map(([action, box]) => h("label", { class: "check" }, box, h("span", { class: "mono" }, action.replace("support:", ""))))),
    );
  }

  return {
    element,
    async refresh() {
      const account = desk.state?.account;
      const fresh = JSON.stringify(account ?? null);
      // Not while it is the same: that would take the focus away from what is being typed.
      if (!account || fresh === shown) return;
      shown = fresh;
      fill(body, h("div", { class: "stack" }, planCard(account), quotaCard(account)), deniedCard(account));
    },
  };
}
