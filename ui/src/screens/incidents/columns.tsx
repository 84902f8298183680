// The two-line cells of the list: all that matters without scrolling sideways.
import Badge from "@cloudscape-design/components/badge";
import Icon from "@cloudscape-design/components/icon";
import Link from "@cloudscape-design/components/link";
import Skeleton from "@cloudscape-design/components/skeleton";
import type { TableProps } from "@cloudscape-design/components/table";
import { waitsMark } from "../../format/marks";
import { useNow } from "../../format/useNow";
import { authorName } from "../../format/words";
import { paths } from "../../frame/paths";
import { AccountDot, PriorityMark, ResponseMark, StatusLabel, Time } from "../../parts/marks";
import type { CaseKey, CaseRow } from "../../platform/contract";
import { rowId } from "./row-id";

function Subject({ row }: { row: CaseRow }) {
  return (
    <div className="eco-fit">
      <div className="eco-row eco-nowrap">
        {row.unread ? (
          <span className="eco-unread">
            <span className="eco-hidden">Unread:</span>
          </span>
        ) : null}
        <span
          className={row.unread ? "eco-cut eco-bold" : "eco-cut"}
          dir="auto"
          title={row.subject}
        >
          {row.subject}
        </span>
      </div>
      <div className="eco-row eco-second">
        <AccountDot account={row.account} />
        {row.reportedBy.who === "eco" ? <Badge color="blue">Reported by ECO</Badge> : null}
        {row.attachments > 0 ? (
          <span className="eco-row eco-nowrap eco-files">
            <Icon name="file" size="small" ariaLabel="Files" /> {row.attachments}
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** Who has to act, and since when. */
export function Waits({ row }: { row: Pick<CaseRow, "waiting" | "waitingSince" | "presence"> }) {
  const now = useNow();
  const mine = row.waiting === "you" && row.presence !== "not-yet-sent";
  return <span className={mine ? "eco-waits-you" : undefined}>{waitsMark(row, now)}</span>;
}

function TwoTimes({ at }: { at: number }) {
  return (
    <>
      <div>
        <Time at={at} />
      </div>
      <div className="eco-second">
        <Time at={at} as="completing" />
      </div>
    </>
  );
}

/** `narrow`: for a window in which the columns would not fit as they are. */
export function columns(
  open: (key: CaseKey) => void,
  narrow: boolean,
): TableProps.ColumnDefinition<CaseRow>[] {
  return [
    {
      id: "number",
      header: "Number",
      sortingField: "number",
      width: 150,
      minWidth: 150,
      isRowHeader: true,
      cell: (row) => (
        <div id={rowId(row.key)}>
          <Link
            href={`#${paths.case(row.key)}`}
            ariaLabel={`Open ${row.displayId ?? "incident without a number yet"}: ${row.subject}`}
            onFollow={(event) => {
              event.preventDefault();
              open(row.key);
            }}
          >
            {row.displayId ?? "No number yet"}
          </Link>
          <div className="eco-second eco-fit">
            <div className="eco-cut" title={authorName(row.reportedBy)}>
              <bdi>{authorName(row.reportedBy)}</bdi>
            </div>
          </div>
        </div>
      ),
    },
    {
      id: "subject",
      header: "Subject, account",
      sortingField: "subject",
      // No width: it takes what the others leave, so that none of them is stretched.
      minWidth: narrow ? 140 : 200,
      cell: (row) => <Subject row={row} />,
    },
    {
      id: "priority",
      header: narrow ? "Priority" : "Priority, response",
      sortingField: "priority",
      width: narrow ? 156 : 166,
      minWidth: 150,
      cell: (row) => (
        <>
          <div>
            <PriorityMark priority={row.priority} />
          </div>
          <div>
            <ResponseMark
              response={row.response}
              reportedBy={row.reportedBy}
              presence={row.presence}
            />
          </div>
        </>
      ),
    },
    {
      id: "status",
      header: narrow ? "Status" : "Status, waiting for",
      sortingField: "status",
      width: narrow ? 170 : 222,
      minWidth: narrow ? 160 : 180,
      cell: (row) => (
        <>
          <div className={narrow ? "eco-wrap" : undefined}>
            <StatusLabel row={row} />
          </div>
          <div className="eco-second">
            <Waits row={row} />
          </div>
        </>
      ),
    },
    {
      id: "updated",
      header: "Updated",
      sortingField: "updated",
      width: 104,
      minWidth: 104,
      cell: (row) => <TwoTimes at={row.updatedAt} />,
    },
    {
      id: "created",
      header: "Created",
      sortingField: "created",
      width: 104,
      minWidth: 104,
      cell: (row) => <TwoTimes at={row.createdAt} />,
    },
  ];
}

/** Two lines while the rows are on their way, so that nothing jumps. */
export const skeleton: TableProps.AutoSkeletonConfig<CaseRow> = {
  totalRows: "auto",
  maxAutoRows: 20,
  renderCell: ({ id }) => (
    <div className="eco-skeleton">
      <Skeleton variant="text-body-m" width={id === "subject" ? "80%" : "70%"} />
      <Skeleton variant="text-body-s" width="50%" />
    </div>
  ),
};
