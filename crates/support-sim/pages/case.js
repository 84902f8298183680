// One case: what it is, what ECO has planned, the correspondence, and what an operator does.

import { call } from "./api.js";
import { composer } from "./composer.js";
import { talk } from "./contacts.js";
import { dialog } from "./dialogs.js";
import { failure, fill, fillWith, h, keep, say, skeleton, toast } from "./dom.js";
import { length, moment, now, person, severities, since, size, status, statusCodes, statusKind } from "./words.js";

/** Fills `place` with the case and gives what keeps it up to date. */
export function casePanel(place, id, desk) {
  const path = `/_eco/api/cases/${encodeURIComponent(id)}`;
  const subject = h("h1", { "data-testid": "subject" });
  const badge = h("span", { class: "badge", "data-testid": "status" });
  const meta = h("p", { class: "meta" });
  const clock = h("span", { "data-testid": "response" });
  const plan = h("div", { class: "plan", hidden: true, "data-testid": "plan" });
  const contacts = talk(id);
  const said = h("ol", { class: "said", "aria-label": "Correspondence" });
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Correspondence" }, said);
  const write = composer(id, (what, message) => act(what, message));
  let page = null;
  // Who reads the end goes on reading it, whatever is added or takes place above.
  let atEnd = true;
  const toEnd = () => {
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  };
  scroll.addEventListener("scroll", () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
  });
  new ResizeObserver(toEnd).observe(scroll);

  const head = h(
    "header",
    {},
    h("div", { class: "row spread" }, h("div", { class: "row" }, h("a", { class: "back", href: "#/cases" }, "All cases"), badge), actions()),
    subject,
    meta,
  );
  fill(place, skeleton(10));

  function actions() {
    const button = (label, open) => h("button", { type: "button", class: "small", onClick: open }, label);
    return h(
      "div",
      { class: "row" },
      button("Play a story", playStory),
      button("Reclassify", reclassify),
      button("Priority", prioritise),
      button("Status", setStatus),
      h("a", { class: "button small", href: `/support/home#/case/?displayId=${encodeURIComponent(id)}&language=en`, target: "_blank", rel: "noopener" }, "As the customer"),
    );
  }

  async function act(what, message) {
    show(await call("POST", `${path}/${what}`, message));
  }

  function playStory() {
    dialog({
      title: "Play a story",
      text: "ECO goes through its steps from the first one, whatever was planned before.",
      confirm: "Play",
      fields: [{ name: "name", label: "Story", kind: "select", options: desk.state.scenario.stories.map(({ name, about }) => [name, about ? `${name}: ${about}` : name]) }],
      submit: async (values) => show(await call("POST", `${path}/story`, values)),
    });
  }

  function reclassify() {
    dialog({
      title: "Reclassify",
      text: "The case is handled as the other kind from now on. The customer sees it by the case's service.",
      confirm: "Reclassify",
      fields: [{ name: "serviceCode", label: "Service", kind: "select", options: desk.state.services.map(({ code, name }) => [code, name]), value: desk.state.services.map(({ code }) => code).find((code) => code !== page.serviceCode) }],
      submit: async (values) => show(await call("PUT", `${path}/service`, values)),
    });
  }

  function prioritise() {
    dialog({
      title: "Change the priority",
      text: "The new response target counts from when the case was opened.",
      confirm: "Change",
      fields: [{ name: "severity", label: "Priority", kind: "select", options: severities, value: page.severity }],
      submit: async (values) => show(await call("PUT", `${path}/severity`, values)),
    });
  }

  function setStatus() {
    dialog({
      title: "Change the status",
      text: "Without a word to the customer.",
      confirm: "Change",
      fields: [{ name: "status", label: "Status", kind: "select", options: statusCodes.map((code) => [code, status(code)]), value: page.status }],
      submit: async (values) => show(await call("PUT", `${path}/status`, values)),
    });
  }

  async function plans(method, what, done) {
    try {
      show(await call(method, `${path}/${what}`, method === "POST" ? {} : undefined));
      if (done) toast(done);
    } catch (error) {
      toast(error.message, true);
    }
  }

  function showPlan() {
    const { plan: planned } = page;
    plan.hidden = !planned;
    if (!planned) return;
    fillWith(plan, planned, () => {
      const when = planned.at ? since(h("time"), planned.at) : null;
      const words = planned.step ? [`next step ${planned.step} `, when, planned.ifSilent ? " unless the customer replies" : ""] : ["waits for the customer"];
      return [
        h("span", { class: "grow" }, h("strong", {}, `Story ${planned.story}`), ": ", words),
        planned.step ? h("button", { type: "button", class: "small", onClick: () => plans("POST", "story/now") }, "Do it now") : null,
        h("button", { type: "button", class: "small", onClick: () => plans("DELETE", "story", "ECO leaves this case to you.") }, "Stop the story"),
      ];
    });
  }

  function response() {
    if (!page.responseDue) return page.openedByEco ? "opened by ECO" : "";
    const due = Date.parse(page.responseDue);
    if (page.firstResponse) {
      const took = length(Date.parse(page.firstResponse) - Date.parse(page.created));
      return Date.parse(page.firstResponse) > due ? `first response after ${took}, too late` : `first response after ${took}`;
    }
    return due < now() ? `first response overdue by ${length(now() - due)}` : `first response due in ${length(due - now())}`;
  }

  function show(fresh) {
    if (!page) {
      fill(place, head, plan, contacts.element, scroll, write.element);
    }
    page = fresh;
    say(subject, page.subject);
    say(badge, status(page.status));
    badge.className = `badge ${statusKind(page.status)}`;
    say(clock, response());
    fill(meta, h("span", { class: "mono" }, page.displayId), h("span", {}, `${page.priority} priority (${page.severity})`), h("span", { "data-testid": "service" }, page.serviceName), h("span", {}, person(page.submittedBy)), h("span", { title: moment(page.created) }, "created ", since(h("time"), page.created)), clock, page.additionalContacts.length ? h("span", {}, `copies to ${page.additionalContacts.join(", ")}`) : null);
    showPlan();
    let number = 0;
    keep(said, page.correspondence, () => number++, makeSaid);
    toEnd();
    write.update(page);
  }

  return {
    id,
    async refresh() {
      try {
        const [fresh] = await Promise.all([call("GET", path), contacts.refresh()]);
        show(fresh);
      } catch (error) {
        if (!page) fill(place, failure(error, () => this.refresh()));
      }
    },
  };
}

/** A communication; it never changes once it is said. */
export function makeSaid(message) {
  return h(
    "li",
    { class: message.byEco ? "eco" : null },
    h("header", {}, h("span", { class: "who" }, person(message.author)), since(h("time"), message.at)),
    h("pre", {}, message.body),
    message.files.length
      ? h(
          "ul",
          { class: "files", "aria-label": "Files" },
          message.files.map((file) => h("li", {}, h("a", { href: `/_eco/api/attachments/${encodeURIComponent(file.attachmentId)}`, download: file.fileName }, h("span", { class: "name" }, file.fileName)), h("small", {}, size(file.size)))),
        )
      : null,
  );
}
