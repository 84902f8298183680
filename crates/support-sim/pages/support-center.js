// The stand-in for Support Center: the case that the link names, and a chat or a call about it.

import { call, follow, oneAtATime } from "./api.js";
import { makeSaid } from "./case.js";
import { failure, fill, h, keep, say, skeleton, toast } from "./dom.js";
import { setClock, since, status, statusKind, tick } from "./words.js";

// Where EDI runs.
const REGIONS = ["us-east-1", "us-west-2", "ap-southeast-1", "eu-west-1", "eu-west-3", "sa-east-1", "ap-south-1", "ap-southeast-2"];

const main = document.getElementById("main");
const link = document.getElementById("link");
let view = null;

/** `#/case/?displayId=170000000001&language=en` */
function wanted() {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("displayId");
}

const refresh = oneAtATime(async () => view?.refresh());

function go() {
  const id = wanted();
  view = id ? caseView(id) : findView();
  refresh();
}

function findView() {
  const input = h("input", { inputmode: "numeric", required: true, autocomplete: "off" });
  const open = (event) => {
    event.preventDefault();
    location.hash = `#/case/?displayId=${encodeURIComponent(input.value.trim())}&language=en`;
  };
  fill(main, h("form", { class: "card pad stack find", onSubmit: open }, h("h1", {}, "Open a case"), h("label", {}, "Case number", h("span", { class: "control" }, input)), h("div", {}, h("button", { type: "submit", class: "main" }, "Open"))));
  return { async refresh() {} };
}

function caseView(id) {
  const path = `/support/api/cases/${encodeURIComponent(id)}`;
  const subject = h("h1");
  const badge = h("span", { class: "badge", "data-testid": "status" });
  const meta = h("p", { class: "meta" });
  const said = h("ol", { class: "said", "aria-label": "Correspondence" });
  const contact = contactCard(path);
  let shown = false;
  fill(main, skeleton(10));

  function show(page) {
    if (!shown) {
      fill(
        main,
        h(
          "div",
          { class: "page" },
          h("div", {}, h("section", { class: "card pad stack" }, h("div", {}, badge), subject, meta), h("section", { class: "card pad stack", "aria-label": "Correspondence" }, h("h2", {}, "Correspondence"), said)),
          h("aside", {}, contact.element),
        ),
      );
      shown = true;
    }
    document.title = `Case ${page.displayId} · Support Center stand-in`;
    say(subject, page.subject);
    say(badge, status(page.status));
    badge.className = `badge ${statusKind(page.status)}`;
    fill(meta, h("span", { class: "mono" }, page.displayId), h("span", {}, `${page.priority} priority (${page.severity})`), h("span", {}, page.serviceName), h("span", {}, "opened ", since(h("time"), page.created)));
    let place = 0;
    keep(said, page.correspondence, () => place++, makeSaid);
    contact.update(page);
  }

  return {
    async refresh() {
      try {
        const [page, clock] = await Promise.all([call("GET", path), call("GET", "/_eco/api/clock")]);
        setClock(clock);
        show(page);
      } catch (error) {
        if (error.status === 404) {
          shown = false;
          fill(main, h("div", { class: "empty", role: "alert" }, h("h2", {}, `There is no case ${id}`), h("p", {}, "It may belong to another account, or support-sim was started without its data."), h("div", { class: "row" }, h("a", { class: "button", href: "#/" }, "Open another case"))));
        } else if (!shown) {
          fill(main, failure(error, refresh));
        }
      }
    },
  };
}

/** Chat and call. */
function contactCard(path) {
  const body = h("div", { class: "stack" });
  const element = h("section", { class: "card pad stack", "aria-label": "Contact us" }, h("h2", {}, "Contact us"), body);
  let mode = "";
  let lines = null;

  async function begin(kind) {
    await call("POST", `${path}/contacts`, kind);
  }

  async function act(work) {
    try {
      await work();
      refresh();
    } catch (error) {
      toast(error.message, true);
    }
  }

  function ways() {
    const call_ = h("button", { type: "button", onClick: () => enter("form") }, "Call");
    return [h("p", { class: "soft" }, "Talk with an engineer about this case."), h("div", { class: "ways" }, h("button", { type: "button", class: "main", onClick: () => act(() => begin({ kind: "chat" })) }, "Chat"), call_)];
  }

  function callForm() {
    const region = h("select", {}, REGIONS.map((name) => h("option", { value: name }, name)));
    const phone = h("input", { type: "tel", required: true, autocomplete: "off" });
    const extension = h("input", { inputmode: "numeric", autocomplete: "off" });
    const refused = h("p", { class: "failed", role: "alert", hidden: true });
    const submit = async (event) => {
      event.preventDefault();
      try {
        await begin({ kind: "call", region: region.value, phone: phone.value, extension: extension.value || null });
        refresh();
      } catch (error) {
        say(refused, error.message);
        refused.hidden = false;
      }
    };
    const label = (text, control, hint) => h("label", {}, text, hint ? h("small", {}, hint) : null, h("span", { class: "control" }, control));
    setTimeout(() => phone.focus());
    return h("form", { class: "stack", onSubmit: submit }, label("AWS Region", region), label("Phone number", phone, "With the country code"), label("Extension", extension, "Optional"), refused, h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, "Call me"), h("button", { type: "button", onClick: () => enter("ways") }, "Cancel")));
  }

  function chat(open) {
    const input = h("input", { "aria-label": "Your message", maxlength: 2000, autocomplete: "off" });
    const speak = (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (!text) return;
      act(async () => {
        await call("POST", `/support/api/contacts/${open.id}/lines`, { text });
        input.value = "";
      });
    };
    lines = h("ol", { "aria-label": "Chat", "aria-live": "polite" });
    return h("div", { class: "chat" }, h("p", { class: "state", role: "status" }), lines, h("form", { onSubmit: speak }, input, h("button", { type: "submit", class: "main" }, "Send")), h("div", {}, h("button", { type: "button", onClick: () => end(open) }, "End the chat")));
  }

  function phoneCall(open) {
    return h("div", { class: "stack" }, h("p", { class: "state", role: "status" }), h("div", {}, h("button", { type: "button", onClick: () => end(open) }, "Cancel the call")));
  }

  function end(open) {
    act(() => call("POST", `/support/api/contacts/${open.id}/end`, {}));
  }

  function enter(next, open) {
    if (next === mode) return;
    mode = next;
    if (next === "ways") fill(body, ways());
    else if (next === "form") fill(body, callForm());
    else if (next === "resolved") fill(body, h("p", { class: "soft" }, "This case is resolved. A reply reopens it within 14 days."));
    else fill(body, open.kind === "chat" ? chat(open) : phoneCall(open));
  }

  return {
    element,
    update(page) {
      const open = page.contacts.find((contact) => contact.state !== "ended");
      if (!open) {
        if (page.status === "resolved") enter("resolved");
        else if (mode !== "form") enter("ways");
        return;
      }
      enter(`${open.kind}-${open.id}`, open);
      const waits = open.state === "waiting";
      const state = body.querySelector(".state");
      if (open.kind === "chat") {
        say(state, waits ? "You are in the chat queue. An engineer will be with you soon." : "An engineer is in the chat.");
        let place = 0;
        const before = lines.children.length;
        keep(lines, open.lines, () => place++, (line) => h("li", { class: line.by === "customer" ? "me" : null }, line.text));
        if (lines.children.length > before) lines.scrollTop = lines.scrollHeight;
      } else {
        say(state, waits ? `We will call you on ${open.phone}.` : `We are calling you on ${open.phone}.`);
      }
    },
  };
}

addEventListener("hashchange", go);
setInterval(tick, 500);
link.textContent = "Connecting";
follow("/support/api/changes", refresh, (live) => {
  link.className = live ? "link live" : "link lost";
  link.textContent = live ? "Live" : "Connection lost, trying again";
});
go();
