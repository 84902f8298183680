// Chats and calls of a case, as the operator sees them.

import { call } from "./api.js";
import { dialog } from "./dialogs.js";
import { fill, fillWith, h, keep, say, toast } from "./dom.js";
import { person, since } from "./words.js";

/** The bar above the correspondence while somebody wants to talk. */
export function talk(id) {
  const element = h("div", { class: "talk", hidden: true, "data-testid": "talk" });
  const head = h("div", { class: "row spread" });
  const lines = h("ol", { "aria-label": "Chat", "aria-live": "polite" });
  const input = h("input", { "aria-label": "Say something in the chat", maxlength: 2000, autocomplete: "off" });
  const form = h("form", { onSubmit: speak }, input, h("button", { type: "submit", class: "main" }, "Say"));
  fill(element, h("div", { class: "chat" }, head, lines, form));
  let contact = null;

  async function act(what, body = {}) {
    try {
      await call("POST", `/_eco/api/contacts/${contact.id}/${what}`, body);
    } catch (error) {
      toast(error.message, true);
    }
  }

  async function speak(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    await act("lines", { text });
  }

  function end() {
    if (contact.kind === "chat") return act("end");
    dialog({
      title: "End the call",
      text: contact.state === "waiting" ? "You have not called. The customer is told that the call did not take place." : "What you note becomes part of the correspondence.",
      confirm: "End the call",
      fields: [{ name: "note", label: "What was talked about", kind: "area" }],
      submit: ({ note }) => call("POST", `/_eco/api/contacts/${contact.id}/end`, { note }),
    });
  }

  function headline() {
    const waits = contact.state === "waiting";
    if (contact.kind === "chat") return waits ? `${person(contact.customer)} waits in a chat` : `Chat with ${person(contact.customer)}`;
    const number = contact.extension ? `${contact.phone}, extension ${contact.extension}` : contact.phone;
    return waits ? `${person(contact.customer)} asks to be called: ${number} (${contact.region})` : `On the phone: ${number}`;
  }

  return {
    element,
    async refresh() {
      const { contacts } = await call("GET", "/_eco/api/contacts");
      contact = contacts.find((open) => open.case === id && open.state !== "ended") ?? null;
      element.hidden = !contact;
      if (!contact) return;
      const chat = contact.kind === "chat";
      fillWith(head, { ...contact, lines: null }, () => [
        h("strong", {}, headline(), " ", since(h("time", { class: "soft" }), contact.begun)),
        h(
          "span",
          { class: "row" },
          contact.state === "waiting" ? h("button", { type: "button", class: "main small", onClick: () => act("take") }, chat ? "Take the chat" : "Call") : null,
          h("button", { type: "button", class: "small", onClick: end }, chat ? "End the chat" : "End the call"),
        ),
      ]);
      lines.hidden = !chat || contact.lines.length === 0;
      form.hidden = !chat;
      let place = 0;
      const before = lines.children.length;
      keep(lines, contact.lines, () => `${contact.id}-${place++}`, (line) => h("li", {}, h("strong", {}), ": ", line.text), (item, line) => say(item.firstElementChild, line.by === "eco" ? "You" : person(contact.customer)));
      if (lines.children.length > before) lines.scrollTop = lines.scrollHeight;
    },
  };
}
