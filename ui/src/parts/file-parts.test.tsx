import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Draft } from "../platform/contract";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { useCommand } from "../query/hooks";
import { renderPart } from "../test/render";
import { DropOverlay, DropZone, useDropTarget } from "./DropZone";
import { FileTable } from "./FileTable";

function Files({ draftId }: { draftId: string }) {
  const draft = useCommand("draft_get", { draft: draftId });
  const drop = useDropTarget(draftId);
  return (
    <>
      <DropZone draftId={draftId} {...drop} />
      <FileTable draftId={draftId} files={draft.data?.files ?? []} />
      <DropOverlay visible={drop.over} text="Drop here" />
    </>
  );
}

function show() {
  const drafts: Draft[] = fixtures.drafts(Date.now());
  return renderPart(<Files draftId="draft-report" />, new FakePlatform({ drafts }));
}

describe("the files of a draft", () => {
  it("say in their own row why they cannot be sent", async () => {
    show();
    const [ready, refused] = await screen.findAllByTestId("file-row");
    expect(ready).toHaveTextContent("airflow scheduler.log1.8 MBReady");
    expect(refused).toHaveTextContent("Cannot be sent");
    expect(refused).toHaveTextContent("5 MB are allowed");
  });

  it("can be removed, and the focus is not lost with the row", async () => {
    const { fake, user } = show();
    await user.click(await screen.findByRole("button", { name: "Remove whole-dump.zip" }));
    await waitFor(() => expect(screen.getAllByTestId("file-row")).toHaveLength(1));
    expect(fake.callsOf("file_remove")).toEqual([{ draft: "draft-report", file: "file-2" }]);
    expect(screen.getByText("whole-dump.zip removed.")).toBeInTheDocument();
    expect(screen.getByTestId("file-table")).toHaveFocus();
  });

  it("stay when they cannot be removed, and say why", async () => {
    const { fake, user } = show();
    fake.fail("file_remove", { code: "storage", message: "The disk is full.", retryable: true });
    await user.click(await screen.findByRole("button", { name: "Remove airflow scheduler.log" }));
    const [row] = await screen.findAllByTestId("file-row");
    await waitFor(() => expect(row).toHaveTextContent("Not removed"));
    expect(row).toHaveTextContent("The disk is full.");
  });

  it("come from the native dialog", async () => {
    const { user } = show();
    await screen.findAllByTestId("file-row");
    await user.click(screen.getByTestId("file-choose"));
    await waitFor(() => expect(screen.getAllByTestId("file-row")).toHaveLength(3));
  });

  it("are still to come while they are copied", async () => {
    const { fake } = show();
    await screen.findAllByTestId("file-row");
    act(() => fake.emit({ event: "files-coming", draft: "draft-report", remaining: 2 }));
    expect(screen.getByText("Copying 2 files…")).toBeVisible();
    act(() => fake.emit({ event: "files-coming", draft: "another", remaining: 9 }));
    expect(screen.getByText("Copying 2 files…")).toBeVisible();
    act(() => fake.emit({ event: "files-coming", draft: "draft-report", remaining: 0 }));
    expect(screen.queryByText(/Copying/)).not.toBeInTheDocument();
  });

  it("go to this draft by a drop only while it is on screen", async () => {
    const { fake, unmount } = show();
    await screen.findAllByTestId("file-row");
    act(() => fake.emit({ event: "drag-over", over: true }));
    expect(within(screen.getByTestId("drop-overlay")).getByText("Drop here")).toBeVisible();
    act(() => fake.emit({ event: "drag-over", over: false }));
    expect(screen.queryByTestId("drop-overlay")).not.toBeInTheDocument();
    unmount();
    const mounts = fake.callsOf("drop_mount");
    expect(mounts.map(({ target }) => target)).toEqual([{ to: "draft", draft: "draft-report" }]);
    expect(fake.callsOf("drop_unmount")).toEqual([{ mount: mounts[0]?.mount }]);
  });

  it("go to the newest screen, told in the order in which the screens came up", async () => {
    const { fake, unmount } = show();
    await screen.findAllByTestId("file-row");
    unmount();
    const again = renderPart(<Files draftId="draft-report" />, fake);
    await screen.findAllByTestId("file-row");
    again.unmount();
    const [first, second] = fake.callsOf("drop_mount").map(({ mount }) => mount);
    expect(first?.page).toBe(second?.page);
    expect(second?.order).toBeGreaterThan(first?.order ?? Number.POSITIVE_INFINITY);
    expect(fake.callsOf("drop_unmount").map(({ mount }) => mount)).toEqual([first, second]);
  });

  it("say why the dialog could not be opened", async () => {
    const { fake, user } = show();
    await screen.findAllByTestId("file-row");
    fake.fail("file_choose", { code: "internal", message: "No dialog.", retryable: true });
    await user.click(screen.getByTestId("file-choose"));
    expect(await screen.findByText("No dialog.")).toBeVisible();
  });
});
