import { describe, expect, it } from "vitest";
import type { CaseDetail, CaseRow } from "../../platform/contract";
import { ECO, someCase } from "./fixtures";
import { workflowSteps } from "./WorkflowSteps";

const RUNNING: CaseRow["response"] = { state: "running", dueAt: 1, targetMinutes: 15 };
const RESPONDED: CaseRow["response"] = { state: "responded", afterMinutes: 8, targetMinutes: 15 };

function stepsOf(row: Partial<CaseRow>, rating: CaseDetail["rating"] = null): string {
  const detail: CaseDetail = {
    row: someCase("a", 0, row).row,
    serviceCode: "",
    serviceName: null,
    categoryCode: "",
    categoryName: null,
    submittedBy: null,
    cc: [],
    reopenUntil: null,
    rating,
    handOver: null,
    consoleUrl: null,
    messages: 1,
    problem: null,
  };
  const sign = { done: "+", current: ">", passed: "~", ahead: "-" };
  const steps = workflowSteps(detail);
  expect(steps.map(({ label }) => label)).toEqual([
    "Reported",
    "In work",
    "Waiting for you",
    "Resolved",
    "Rated",
  ]);
  return steps.map(({ state }) => sign[state]).join(" ");
}

describe("the steps of the workflow", () => {
  it.each<[string, Partial<CaseRow>, string]>([
    [
      "an unsent report has reached none",
      { presence: "not-yet-sent", status: "unassigned" },
      "- - - - -",
    ],
    [
      "a report without a response is only reported",
      { status: "unassigned", response: RUNNING },
      "> - - - -",
    ],
    [
      "a response without a change of status says no more than that",
      { status: "opened", response: RESPONDED },
      "> - - - -",
    ],
    ["work in progress", { status: "work-in-progress", reportedBy: ECO }, "+ > - - -"],
    ["a question to the customer", { status: "pending-customer-action" }, "+ + > - -"],
    ["an answered question", { status: "customer-action-completed" }, "+ > - - -"],
    [
      "a resolved case that nobody is known to have worked on",
      { status: "resolved", response: RUNNING },
      "+ ~ ~ > -",
    ],
    ["a status that this program does not know", { status: "parked-by-aws" }, "+ - - - -"],
  ])("%s", (_name, row, expected) => {
    expect(stepsOf(row)).toBe(expected);
  });

  it("end with the rating", () => {
    const rating = { stars: 4, comment: "", sendToEco: true };
    expect(stepsOf({ status: "resolved", response: RESPONDED }, rating)).toBe("+ + ~ + +");
  });
});
