// One dialog for everything that is asked: a title, some fields, and a button that does it. What was typed stays when
// it is refused, with the reason beside it.

import { fill, h } from "./dom.js";

/**
 * Opens a dialog. `fields` are `{ name, label, hint?, kind: "text" | "area" | "number" | "select" | "file", value?,
 * options?: [value, label][], required? }`; `submit(values)` does it and may throw a Failure. `depends` names fields
 * that are shown only while another has one of some values: `{ name: [other, [values]] }`.
 */
export function dialog({ title, text, fields = [], confirm, danger = false, depends = {}, submit }) {
  const refused = h("p", { class: "failed", role: "alert", hidden: true });
  const done = h("button", { type: "submit", class: danger ? "danger" : "main" }, confirm);
  const controls = new Map(fields.map((field) => [field.name, control(field)]));
  const rows = new Map(
    fields.map((field) => [
      field.name,
      h("label", {}, field.label, field.hint ? h("small", {}, field.hint) : null, h("span", { class: "control" }, controls.get(field.name))),
    ]),
  );
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", { id: "dialog-title" }, title),
    text ? h("p", {}, text) : null,
    [...rows.values()],
    refused,
    h("footer", {}, h("button", { type: "button", onClick: () => box.close() }, "Cancel"), done),
  );
  const box = h("dialog", { "aria-labelledby": "dialog-title" }, form);
  const adapt = () => {
    for (const [name, [other, values]] of Object.entries(depends)) {
      const shown = values.includes(controls.get(other).value);
      rows.get(name).hidden = !shown;
      controls.get(name).disabled = !shown;
    }
  };
  form.addEventListener("input", adapt);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    done.disabled = true;
    refused.hidden = true;
    try {
      const values = {};
      for (const field of fields) {
        const input = controls.get(field.name);
        values[field.name] = input.disabled ? undefined : field.kind === "file" ? [...input.files] : input.value;
      }
      await submit(values);
      box.close();
    } catch (error) {
      fill(refused, error.message);
      refused.hidden = false;
    } finally {
      done.disabled = false;
    }
  });
  box.addEventListener("close", () => box.remove());
  adapt();
  document.body.append(box);
  box.showModal();
}

function control(field) {
  const common = { name: field.name, required: field.required };
  switch (field.kind) {
    case "area":
      return h("textarea", { ...common, rows: 6, maxlength: 8000, value: field.value ?? "" });
    case "select":
      return h(
        "select",
        common,
        field.options.map(([value, label]) => h("option", { value, selected: value === field.value }, label)),
      );
    case "number":
      return h("input", { ...common, type: "number", min: field.min ?? 0, max: field.max, step: field.step ?? 1, value: field.value ?? "" });
    case "file":
      return h("input", { ...common, type: "file", multiple: true });
    default:
      return h("input", { ...common, type: "text", value: field.value ?? "", autocomplete: "off" });
  }
}
