import { describe, expect, it } from "vitest";
import type { CaseDetail, CaseRow } from "../../platform/contract";
import { ECO, someCase } from "./fixtures";
import { workflowSteps } from "./steps";

const RUNNING: CaseRow["response"] = { state: "running", dueAt: 1, targetMinutes: 15 };
const RESPONDED: CaseRow["response"] = { state: "responded", afterMinutes: 8, targetMinutes: 15 };

function stepsOf(row: Partial<CaseRow>, rating: CaseDetail["rating"] = null): string[] {
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
  const sign = { done: "+", current: ">", ahead: "-" };
  return workflowSteps(detail).map(({ label, state }) => `${sign[state]} ${label}`);
}

describe("the steps of the workflow", () => {
  it.each<[string, Partial<CaseRow>, string[]]>([
    [
      "an unsent report is with nobody",
      { presence: "not-yet-sent", status: "unassigned" },
      ["> Not yet with ECO", "- Validated, in work", "- Resolved", "- Rated"],
    ],
    [
      "a report without a response is only reported",
      { status: "unassigned", response: RUNNING },
      ["> Reported to ECO", "- Validated, in work", "- Waiting for you", "- Resolved", "- Rated"],
    ],
    [
      "a response without a change of status says no more than that",
      { status: "opened", response: RESPONDED },
      ["+ Reported to ECO", "> ECO has responded", "- Waiting for you", "- Resolved", "- Rated"],
    ],
    [
      "work in progress",
      { status: "work-in-progress", reportedBy: ECO },
      ["+ Reported by ECO", "> In work", "- Waiting for you", "- Resolved", "- Rated"],
    ],
    [
      "a question to the customer",
      { status: "pending-customer-action" },
      ["+ Reported to ECO", "+ In work", "> Waiting for you", "- Resolved", "- Rated"],
    ],
    [
      "an answered question",
      { status: "customer-action-completed" },
      ["+ Reported to ECO", "> In work", "- Waiting for you", "- Resolved", "- Rated"],
    ],
    [
      "a resolved case that nobody is known to have worked on",
      { status: "resolved", response: RUNNING },
      ["+ Reported to ECO", "> Resolved", "- Rated"],
    ],
    [
      "a status that this program does not know",
      { status: "parked-by-aws" },
      ["+ Reported to ECO", "> parked-by-aws"],
    ],
  ])("%s", (_name, row, expected) => {
    expect(stepsOf(row)).toEqual(expected);
  });

  it("ends with the rating", () => {
    expect(
      stepsOf(
        { status: "resolved", response: RESPONDED },
        { stars: 4, comment: "", sendToEco: true },
      ),
    ).toEqual(["+ Reported to ECO", "+ ECO has responded", "+ Resolved", "> Rated 4 of 5"]);
  });
});
