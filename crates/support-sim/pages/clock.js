// The strip with the sim's time and what ECO does by itself.

import { call } from "./api.js";
import { fill, h, say, toast } from "./dom.js";
import { length, moment, now } from "./words.js";

const RATES = [
  ["1", "Real time"],
  ["10", "10 times as fast"],
  ["60", "A minute a second"],
  ["600", "10 minutes a second"],
  ["3600", "An hour a second"],
  ["0", "Standing"],
];

const STEPS = [
  ["1m", "+1 min"],
  ["15m", "+15 min"],
  ["1h", "+1 h"],
  ["1d", "+1 day"],
];

async function act(work) {
  try {
    await work();
  } catch (error) {
    toast(error.message, true);
  }
}

export function timeStrip(element, desk) {
  const shown = h("span", { class: "now", "data-testid": "clock" });
  const pace = h("select", { "aria-label": "How fast the time passes", onChange: () => act(setRate) });
  const next = h("button", { type: "button", class: "small", onClick: () => act(() => step("next")) }, "To the next step");
  const planned = h("span", { class: "next" });
  const acting = h("input", { type: "checkbox", onChange: () => act(() => call("PATCH", "/_eco/api/scenario", { acting: acting.checked })) });
  const paces = h("select", { "aria-label": "ECO's pace", onChange: () => act(() => call("PATCH", "/_eco/api/scenario", { pace: paces.value })) });

  async function setRate() {
    const rate = Number(pace.value);
    const setting = rate === 0 ? { mode: "standing" } : rate === 1 ? { mode: "running" } : { mode: "faster", rate };
    await call("PUT", "/_eco/api/clock", setting);
  }

  async function step(by) {
    const { steps } = await call("POST", "/_eco/api/clock/step", { by });
    if (steps > 0) toast(steps === 1 ? "ECO did one step." : `ECO did ${steps} steps.`);
  }

  fill(
    element,
    h("div", { class: "group" }, shown, pace),
    h(
      "div",
      { class: "group", role: "group", "aria-label": "Let time pass" },
      STEPS.map(([by, label]) => h("button", { type: "button", class: "small", onClick: () => act(() => step(by)) }, label)),
      next,
      planned,
    ),
    h("div", { class: "group" }, h("label", { class: "check" }, acting, "ECO acts by itself, at the pace"), paces),
  );
  element.hidden = true;

  return {
    update() {
      const { clock, scenario } = desk.state;
      element.hidden = false;
      const known = RATES.some(([value]) => Number(value) === clock.rate);
      const rates = known ? RATES : [...RATES, [String(clock.rate), `${clock.rate} times as fast`]];
      choose(pace, rates, String(clock.rate));
      const names = scenario.paces.includes(scenario.pace) ? scenario.paces : [...scenario.paces, scenario.pace];
      choose(paces, names.map((name) => [name, name]), scenario.pace);
      acting.checked = scenario.acting;
      next.disabled = !scenario.nextStep;
      this.tick();
    },
    tick() {
      if (!desk.state) return;
      say(shown, moment(now()));
      const { nextStep } = desk.state.scenario;
      say(planned, nextStep ? `in ${length(Date.parse(nextStep) - now())}` : "Nothing is planned");
    },
  };
}

function choose(select, options, value) {
  const same = select.options.length === options.length && options.every(([code], place) => select.options[place].value === code);
  if (!same) fill(select, options.map(([code, label]) => h("option", { value: code }, label)));
  if (select.value !== value) select.value = value;
}
