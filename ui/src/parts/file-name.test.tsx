import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { endingAt, FileName } from "./FileName";

describe("the name of a file", () => {
  it.each([
    ["storage-504.log", ".log"],
    ["invoice.pdf .exe", ".exe"],
    ["archive.tar.gz", ".gz"],
    ["Makefile", ""],
    [".bashrc", ""],
    [`a.${"b".repeat(60)}`, ""],
  ])("%s has the ending %s", (name, ending) => {
    expect(name.slice(endingAt(name))).toBe(ending);
  });

  it("is one word to whoever reads or copies it", () => {
    const { container } = render(<FileName name="storage-504.log" />);
    expect(container.textContent).toBe("storage-504.log");
    expect(container.querySelector("[title]")?.getAttribute("title")).toBe("storage-504.log");
  });

  it("keeps the ending last where the name is written from right to left", () => {
    const { container } = render(<FileName name="חשבונית.exe" />);
    const [name, stem, ending] = [...container.querySelectorAll("bdi")];
    expect(name?.dir).toBe("ltr");
    expect(stem?.textContent).toBe("חשבונית");
    expect(ending?.textContent).toBe(".exe");
    expect(ending?.dir).toBe("ltr");
  });
});
