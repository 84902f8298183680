// The operator's page: which section is shown, and when it asks anew.

import { accountSection } from "./account.js";
import { call, follow, oneAtATime } from "./api.js";
import { callsSection } from "./calls.js";
import { casesSection } from "./cases.js";
import { timeStrip } from "./clock.js";
import { fill, h, mark, say } from "./dom.js";
import { faultsSection } from "./faults.js";
import { monitoringSection } from "./monitoring.js";
import { setClock, tick } from "./words.js";

const SECTIONS = [
  ["cases", "Cases", casesSection],
  ["monitoring", "Monitoring", monitoringSection],
  ["faults", "Faults", faultsSection],
  ["calls", "Calls", callsSection],
  ["account", "Account", accountSection],
];

const main = document.getElementById("main");
const link = document.getElementById("link");
const made = new Map();
const desk = { state: null };
let current = null;

const strip = timeStrip(document.getElementById("time"), desk);

const links = SECTIONS.map(([name, label]) => {
  const count = h("span", { class: "count", hidden: true });
  return { name, count, element: h("a", { href: `#/${name}` }, label, count) };
});
fill(
  document.getElementById("nav"),
  links.map((entry) => entry.element),
);

const refresh = oneAtATime(async () => {
  try {
    desk.state = await call("GET", "/_eco/api/state");
    setClock(desk.state.clock);
    const { account, contactsWaiting, faults } = desk.state;
    say(document.getElementById("account"), `Account ${account.account}, ${account.region}`);
    const counts = { cases: contactsWaiting, faults };
    for (const { name, count } of links) {
      count.hidden = !counts[name];
      say(count, counts[name] ? String(counts[name]) : "");
      if (name === "cases") count.title = "Chats and calls that wait";
    }
    strip.update();
  } catch {
    // The section below says what is the matter.
  }
  await current?.refresh();
});

function go() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const [wanted, label, make] = SECTIONS.find((section) => section[0] === name) ?? SECTIONS[0];
  for (const entry of links) mark(entry.element, "aria-current", entry.name === wanted ? "page" : null);
  document.title = `${label} · ECO operator · support-sim`;
  if (!made.has(wanted)) made.set(wanted, make(desk));
  const section = made.get(wanted);
  if (current !== section) {
    current = section;
    fill(main, section.element);
  }
  section.open?.(decodeURIComponent(rest.join("/")));
  refresh();
}

addEventListener("hashchange", go);
setInterval(() => {
  tick();
  strip.tick();
}, 500);
link.textContent = "Connecting";
follow("/_eco/api/changes", refresh, (live) => {
  link.className = live ? "link live" : "link lost";
  link.textContent = live ? "Live" : "Connection lost, trying again";
});
go();
