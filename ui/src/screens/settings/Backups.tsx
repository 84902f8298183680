// The backups of what only this computer has: drafts, the outbox, accounts and settings.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { count, grouped, size } from "../../format/size";
import { dayAndClock } from "../../format/time";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { Confirm } from "../../parts/Dialog";
import { Time } from "../../parts/marks";
import { words } from "../../parts/Said";
import type { BackupEntry } from "../../platform/contract";
import { call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";

export function Backups() {
  const backups = useCommand("backup_list", {}, { fresh: true });
  const [asked, setAsked] = useState<BackupEntry | null>(null);
  const now = useNow("minute");
  return (
    <div data-testid="settings-backups">
      <Table
        variant="container"
        wrapLines
        loading={backups.isPending}
        loadingText="Looking for backups"
        items={backups.data ?? []}
        trackBy="name"
        header={
          <Header
            variant="h2"
            counter={`(${backups.data?.length ?? 0})`}
            description="Of your drafts, the outbox, accounts and settings: one an hour for a day, one a day for a week. Incidents come from AWS and need none."
            actions={
              <Button
                onClick={() => {
                  call("data_folder_open").catch((thrown: unknown) => flash.problem(thrown));
                }}
                data-testid="open-data-folder"
              >
                Open the data folder
              </Button>
            }
          >
            Backups
          </Header>
        }
        columnDefinitions={[
          {
            id: "at",
            header: "Made",
            isRowHeader: true,
            cell: ({ at }) => <Time at={at} />,
          },
          { id: "contents", header: "Holds", cell: (backup) => <Contents backup={backup} /> },
          { id: "size", header: "Size", cell: ({ bytes }) => size(bytes) },
          {
            id: "actions",
            header: <span className="eco-hidden">Actions</span>,
            cell: (backup) =>
              backup.contents === null ? null : (
                <Button
                  ariaLabel={`Restore the backup of ${dayAndClock(backup.at, now)}`}
                  onClick={() => setAsked(backup)}
                  data-testid="backup-restore"
                >
                  Restore
                </Button>
              ),
          },
        ]}
        empty={
          <Box textAlign="center" color="inherit" padding={{ vertical: "s" }}>
            <b>No backups yet</b>
            <Box color="text-body-secondary">
              The first is made within minutes, where the disk has room.
            </Box>
          </Box>
        }
      />
      {asked ? (
        <Confirm
          title={`Restore the backup of ${dayAndClock(asked.at, now)}?`}
          text="Restore and restart"
          busyText="Restoring"
          testId="backup-restore-now"
          keep="Cancel"
          failed="Nothing was restored. "
          run={() => call("backup_restore", { name: asked.name })}
          onClose={() => setAsked(null)}
        >
          {words`Drafts, the outbox, accounts and settings become what they were then. What is here now is kept in the data folder. What was not sent yet then is looked for at AWS before it is sent. ECO Desk restarts.`}
        </Confirm>
      ) : null}
    </div>
  );
}

function Contents({ backup: { contents } }: { backup: BackupEntry }) {
  if (contents === null) return <StatusIndicator type="error">Damaged</StatusIndicator>;
  const { accounts, drafts, outbox } = contents;
  return (
    <>
      {count(accounts, "account")}, {count(drafts, "draft")}, {grouped(outbox)} to send
    </>
  );
}
