import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { StarRating, StarsGiven } from "./StarRating";

function Rating() {
  const [value, setValue] = useState<number | null>(null);
  return <StarRating label="How was it?" value={value} onChange={setValue} />;
}

describe("the star rating", () => {
  it("has a name for each star and none chosen at first", () => {
    render(<Rating />);
    expect(screen.getByRole("group", { name: "How was it?" })).toBeVisible();
    expect(screen.getAllByRole("radio").map((star) => star.getAttribute("aria-label"))).toEqual([
      "1 star, poor",
      "2 stars, fair",
      "3 stars, ok",
      "4 stars, good",
      "5 stars, excellent",
    ]);
    expect(screen.queryByRole("radio", { checked: true })).toBeNull();
  });

  it("is chosen with the pointer, says the word, and can be taken back", async () => {
    const user = userEvent.setup();
    render(<Rating />);
    await user.click(screen.getByRole("radio", { name: "4 stars, good" }));
    expect(screen.getByText("4 of 5")).toBeVisible();
    expect(screen.getByText("good")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(screen.queryByRole("radio", { checked: true })).toBeNull();
  });

  it("is chosen with the arrow keys", async () => {
    const user = userEvent.setup();
    render(<Rating />);
    await user.click(screen.getByRole("radio", { name: "2 stars, fair" }));
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(screen.getByRole("radio", { name: "4 stars, good" })).toBeChecked();
    await user.keyboard("{ArrowLeft}");
    expect(screen.getByRole("radio", { name: "3 stars, ok" })).toBeChecked();
  });

  it("is read out as a whole where it is only shown", () => {
    render(<StarsGiven value={5} />);
    expect(screen.getByRole("img", { name: "5 of 5, excellent" })).toBeVisible();
  });
});
