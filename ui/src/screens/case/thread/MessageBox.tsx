// One message of a run: the text, its files, for an own message how far it is on its way, and the stars it was given.
import Badge from "@cloudscape-design/components/badge";
import Icon from "@cloudscape-design/components/icon";
import { memo } from "react";
import { absolute, clock, minutes } from "../../../format/time";
import { openLink } from "../../../frame/links";
import { copy, useContextMenu } from "../../../keyboard/context-menu";
import { StarsGiven } from "../../../parts/StarRating";
import type { CaseKey, Message, ResponseClock } from "../../../platform/contract";
import { FileToken } from "../FileToken";
import { MessageText } from "../MessageText";
import type { Sought } from "./Highlighted";

export interface MessageBoxProps {
  caseKey: CaseKey;
  message: Message;
  /** Whether the head of its run shows its time. */
  first: boolean;
  response: ResponseClock;
  /** The stars that were given for it. */
  stars: number | null;
  sought: Sought | undefined;
}

export const MessageBox = memo(function MessageBox(props: MessageBoxProps) {
  const { message, sought } = props;
  const menu = useContextMenu([
    {
      text: "Copy message",
      icon: "copy",
      run: () => copy(message.body, "The message is on the clipboard."),
    },
  ]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its text can be marked and copied by keyboard
    <div
      className={`thread-message thread-message-${message.author.who}`}
      data-message={message.id}
      data-testid="case-message"
      onContextMenu={menu}
    >
      {props.first ? null : (
        <time
          className="thread-message-time case-quiet"
          dateTime={new Date(message.at).toISOString()}
          title={absolute(message.at)}
        >
          {clock(message.at)}
        </time>
      )}
      {message.firstResponse ? (
        <div className="thread-first">
          <Badge color="green">{firstResponse(props.response)}</Badge>
        </div>
      ) : null}
      <MessageText
        text={message.body}
        onOpenLink={open}
        {...(sought === undefined ? {} : { sought })}
      />
      {message.files.length > 0 ? (
        <div className="case-files">
          {message.files.map((file, index) => (
            <FileToken
              key={file.attachmentId ?? `${index}-${file.name}`}
              caseKey={props.caseKey}
              file={file}
            />
          ))}
        </div>
      ) : null}
      {props.stars === null ? null : (
        <div className="thread-rated" data-testid="case-message-rated">
          <StarsGiven value={props.stars} /> Your rating
        </div>
      )}
      <DeliveryLine message={message} />
      <SentAgainLine message={message} />
    </div>
  );
});

function open(written: string): void {
  void openLink(written);
}

function DeliveryLine({ message }: { message: Message }) {
  switch (message.delivery) {
    case "waiting":
      return (
        <div className="case-delivery" data-testid="case-delivery">
          <Icon name="status-pending" size="small" /> Waiting to be sent.{" "}
          <a href="#/outbox">Drafts &amp; outbox</a>
        </div>
      );
    case "stopped":
      return (
        <div className="case-delivery" data-testid="case-stopped">
          <Icon name="status-warning" size="small" variant="warning" /> Not sent:{" "}
          <span dir="auto">{message.problem?.message}</span>{" "}
          <a href="#/outbox">Drafts &amp; outbox</a>
        </div>
      );
    case "sent":
      return (
        <div className="case-delivery" data-testid="case-delivery">
          <Icon name="check" size="small" /> Sent. AWS lists it within minutes.
        </div>
      );
    case "unlisted":
      return (
        <div className="case-delivery" data-testid="case-unlisted">
          <Icon name="status-warning" size="small" variant="warning" /> AWS took it and does not
          list it. ECO may not have it.
        </div>
      );
    case "at-aws":
      return null;
  }
}

/** That ECO may have the message twice, and who decided it. */
function SentAgainLine({ message: { sentAgain } }: { message: Message }) {
  if (sentAgain === undefined) return null;
  const by = sentAgain.by === "user" ? "by you" : "by itself";
  return (
    <div className="case-delivery" data-testid="case-sent-again">
      <Icon name="refresh" size="small" /> Sent again {absolute(sentAgain.at)}, {by}: the first
      answer got lost, so ECO may have it twice.
    </div>
  );
}

function firstResponse(response: ResponseClock): string {
  return response.state === "responded"
    ? `First response, ${minutes(response.afterMinutes)}`
    : "First response";
}
