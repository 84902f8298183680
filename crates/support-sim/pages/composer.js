// Where an operator writes. What is typed is kept for each case until it is sent, also over a reload.

import { encoded } from "./api.js";
import { fill, h, toast } from "./dom.js";
import { size } from "./words.js";

/** `send(what, message)` sends it: `reply`, `ask` or `resolve`. */
export function composer(id, send) {
  const draft = `draft-${id}`;
  const text = h("textarea", {
    id: "composer-text",
    rows: 3,
    maxlength: 8000,
    placeholder: "Write as ECO",
    value: sessionStorage.getItem(draft) ?? "",
    onInput: () => sessionStorage.setItem(draft, text.value),
    onKeydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) go("reply");
    },
  });
  const chooser = h("input", { type: "file", multiple: true, hidden: true, "data-testid": "files", onChange: () => add(chooser.files) });
  const chosen = h("ul", { class: "files", "aria-label": "Files to send" });
  const refused = h("p", { class: "failed", role: "alert", hidden: true });
  const buttons = [
    h("button", { type: "button", class: "main", title: "Ctrl+Enter", onClick: () => go("reply") }, "Reply"),
    h("button", { type: "button", onClick: () => go("ask") }, "Ask the customer"),
    h("button", { type: "button", onClick: () => go("resolve") }, "Resolve"),
  ];
  const element = h(
    "div",
    {
      class: "composer",
      onDragover: (event) => {
        event.preventDefault();
        element.classList.add("drop");
      },
      onDragleave: () => element.classList.remove("drop"),
      onDrop: (event) => {
        event.preventDefault();
        element.classList.remove("drop");
        add(event.dataTransfer.files);
      },
    },
    h("label", { for: "composer-text", class: "soft" }, "Your message to the customer"),
    text,
    chosen,
    refused,
    h("div", { class: "row spread" }, h("div", { class: "row" }, buttons), h("button", { type: "button", class: "plain", onClick: () => chooser.click() }, "Attach files"), chooser),
  );
  let files = [];

  function add(more) {
    files = [...files, ...more];
    chooser.value = "";
    showFiles();
  }

  function showFiles() {
    fill(
      chosen,
      files.map((file) =>
        h(
          "li",
          {},
          h("span", { class: "name" }, file.name),
          h("small", {}, size(file.size)),
          h("button", { type: "button", class: "plain small", "aria-label": `Remove ${file.name}`, onClick: () => remove(file) }, "Remove"),
        ),
      ),
    );
  }

  function remove(file) {
    files = files.filter((other) => other !== file);
    showFiles();
  }

  function refuse(message) {
    fill(refused, message);
    refused.hidden = !message;
  }

  async function go(what) {
    if (what === "resolve" && files.length) return refuse("Send the files with a reply first, then resolve.");
    if (what !== "resolve" && !text.value.trim()) {
      text.focus();
      return refuse("Write something first.");
    }
    refuse("");
    for (const button of buttons) button.disabled = true;
    try {
      const message = { body: text.value };
      const sent = files;
      if (what !== "resolve") message.files = await Promise.all(sent.map(encoded));
      await send(what, message);
      // What was typed or added meanwhile is a message of its own.
      if (text.value === message.body) {
        text.value = "";
        sessionStorage.removeItem(draft);
      }
      files = files.filter((file) => !sent.includes(file));
      showFiles();
      toast({ reply: "Sent.", ask: "Sent. The case waits for the customer.", resolve: "Resolved." }[what]);
    } catch (error) {
      refuse(error.message);
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  return {
    element,
    update(page) {
      buttons[2].hidden = page.status === "resolved";
    },
  };
}
