// Elements by hand: what is drawn before React is there.

type Child = Node | string | null;

/** An element with its classes and children. Texts are texts: nothing is ever read as HTML. */
export function el(tag: string, classes: string, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A text from outside, laid out by the direction of its own script. */
export function ownDirection(tag: string, classes: string, text: string): HTMLElement {
  const element = el(tag, classes, text);
  element.setAttribute("dir", "auto");
  return element;
}

/** A link inside the window. */
export function link(path: string, classes: string, ...children: readonly Child[]): HTMLElement {
  const anchor = el("a", classes, ...children);
  anchor.setAttribute("href", `#${path}`);
  return anchor;
}

/** An element of a drawing. */
export function svg(
  tag: string,
  attributes: Record<string, string>,
  ...children: readonly Element[]
): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
