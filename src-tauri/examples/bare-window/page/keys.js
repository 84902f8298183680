// What a page without a framework needs from a key to the painted change: the yardstick of `cargo xtask bench typing`.
// Nothing of it is there before the first key.
let rows = null;
let field = null;
let chosen = 0;
let count = 0;

function build() {
  const list = document.createElement("ul");
  for (let row = 0; row < 20; row += 1) {
    list.append(Object.assign(document.createElement("li"), { textContent: `Row ${row}` }));
  }
  field = document.createElement("textarea");
  document.body.append(list, field);
  rows = [...list.children];
  document.head.append(
    Object.assign(document.createElement("style"), { textContent: ".chosen { background: #bdf }" }),
  );
}

/** Tells the shell, by the title, how long after `from` the task runs that follows the next frame. */
function measure(what, from) {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      count += 1;
      document.title = `key ${what} ${(performance.now() - from).toFixed(2)} ${count}`;
    };
    port2.postMessage(null);
  });
}

addEventListener("keydown", ({ key, timeStamp }) => {
  if (rows === null) build();
  if (key === "Tab") return;
  if (document.activeElement === field) {
    measure("write", timeStamp);
    return;
  }
  rows[chosen].classList.remove("chosen");
  chosen = (chosen + 1) % rows.length;
  rows[chosen].classList.add("chosen");
  measure("move", timeStamp);
});
