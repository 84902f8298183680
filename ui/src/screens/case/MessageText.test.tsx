import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { MessageText } from "./MessageText";
import { openable } from "./thread/openable";

function show(text: string) {
  const onOpenLink = vi.fn();
  const { container } = render(<MessageText text={text} onOpenLink={onOpenLink} />);
  return { onOpenLink, container };
}

describe("the text of a message", () => {
  it("makes addresses of the web and of mail links that the shell opens", async () => {
    const { onOpenLink } = show(
      "See https://aws.amazon.com/x?y=1#z, or write to jane@example.com.",
    );
    await userEvent.click(screen.getByRole("link", { name: "https://aws.amazon.com/x?y=1#z" }));
    await userEvent.click(screen.getByRole("link", { name: "jane@example.com" }));
    expect(onOpenLink.mock.calls).toEqual([
      ["https://aws.amazon.com/x?y=1#z"],
      ["mailto:jane@example.com"],
    ]);
  });

  it("shows markup as the text that it is", () => {
    const { container } = show('<img src=x onerror="alert(1)"><b>bold</b>');
    expect(container.querySelector("img, b")).toBeNull();
    expect(container).toHaveTextContent('<img src=x onerror="alert(1)"><b>bold</b>');
  });

  it("keeps spaces, tabs and line ends", () => {
    const { container } = show("a\n\n  b\tc");
    expect(container.textContent).toBe("a\n\n  b\tc");
  });

  it("sets AWS's marks for removed secrets apart", () => {
    const { container } = show("key [REDACTED_BY_AWS_SUPPORT] end");
    expect(container.textContent).toBe("key redacted by AWS support end");
    expect(screen.getByTitle(/looked like a secret/)).toHaveTextContent("redacted by AWS support");
  });

  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "ftp://example.com/a",
    "no address",
    "https://aws.amazon.com@evil.example/",
    "https://aws.amazon.com:x@evil.example/",
    "https://@evil.example/",
    "https:\\\\aws.amazon.com@evil.example",
    "https://exam\u200Bple.com/",
    "https://example.com/\u202Emoc.live",
    "https://example.com/\u2066x",
    "https://exam\nple.com/",
  ])("does not open %s", (address) => {
    expect(openable(address)).toBeNull();
  });

  it("takes a name with dots for no address, unless it is one of the web or of mail", () => {
    show("Since 05:10 CET.To reproduce, open www.example.com or ask jane@example.com.");
    expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
      "www.example.com",
      "jane@example.com",
    ]);
  });

  it("makes no link of an address that hides where it leads, and shows all of it", () => {
    const text =
      "See https://aws.amazon.com@evil.example/login or https://aws.amazon.com:443@evil.example.";
    const { container } = show(text);
    expect(screen.queryAllByRole("link")).toEqual([]);
    expect(container.textContent).toBe(text);
  });

  it("opens what is written and names the host that a browser would go to", async () => {
    const { onOpenLink } = show("Sign in at https://\u0430mazon.com/x.");
    const link = screen.getByRole("link", { name: "https://\u0430mazon.com/x" });
    expect(link).toHaveAttribute("title", "https://xn--mazon-3ve.com/x");
    await userEvent.click(link);
    expect(onOpenLink.mock.calls).toEqual([["https://\u0430mazon.com/x"]]);
  });

  it("leaves the marks around an address out of it", () => {
    show(
      "(https://example.com/a), “https://example.com/b”, <https://example.com/c>; https://example.com/d!",
    );
    expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
      "https://example.com/a",
      "https://example.com/b",
      "https://example.com/c",
      "https://example.com/d",
    ]);
  });

  it("makes no link of an address of another kind", () => {
    show("ftp://example.com/a and javascript:alert(1)");
    expect(screen.queryAllByRole("link")).toEqual([]);
  });
});
