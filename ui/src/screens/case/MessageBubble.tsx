// One message: who, when, the text, its files, and for an own message how far it is on its way.
import Badge from "@cloudscape-design/components/badge";
import Icon from "@cloudscape-design/components/icon";
import { absolute, clock, minutes, moment, relative } from "../../format/time";
import { authorName } from "../../format/words";
import { copy, useContextMenu } from "../../keyboard/context-menu";
import type { CaseKey, Message, ResponseClock } from "../../platform/contract";
import { Avatar } from "./Avatar";
import { FileToken } from "./FileToken";
import { MessageText } from "./MessageText";

export interface MessageBubbleProps {
  caseKey: CaseKey;
  message: Message;
  /** Whether it is the last one: its age is told beside the time. */
  newest: boolean;
  response: ResponseClock;
  ownName: string;
  now: number;
  onOpenLink: (url: string) => void;
}

export function MessageBubble(props: MessageBubbleProps) {
  const { message } = props;
  const name = authorName(message.author);
  const menu = useContextMenu([
    {
      text: "Copy message",
      icon: "copy",
      run: () => copy(message.body, "The message is on the clipboard."),
    },
  ]);
  return (
    <article
      className={`case-message case-message-${message.author.who}`}
      data-message={message.id}
      data-testid="case-message"
      aria-label={`${name}, ${clock(message.at)}`}
      onContextMenu={menu}
    >
      <Avatar author={message.author} ownName={props.ownName} />
      <div className="case-bubble">
        <div className="case-bubble-head">
          <b dir="auto">{name}</b>
          {message.author.who === "colleague" ? (
            <span className="case-quiet">colleague</span>
          ) : null}
          {message.firstResponse ? (
            <Badge color="green">{firstResponse(props.response)}</Badge>
          ) : null}
          <time
            className="case-bubble-time case-quiet"
            dateTime={new Date(message.at).toISOString()}
            title={absolute(message.at)}
          >
            {clock(message.at)}
            {props.newest ? `, ${relative(message.at, props.now)}` : ""}
          </time>
        </div>
        <MessageText text={message.body} onOpenLink={props.onOpenLink} />
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
        <DeliveryLine message={message} />
        <SentAgainLine message={message} now={props.now} />
      </div>
    </article>
  );
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
function SentAgainLine({ message: { sentAgain }, now }: { message: Message; now: number }) {
  if (sentAgain === undefined) return null;
  const by = sentAgain.by === "user" ? "by you" : "by itself";
  return (
    <div className="case-delivery" data-testid="case-sent-again">
      <Icon name="refresh" size="small" /> Sent again {moment(sentAgain.at, now)}, {by}: the first
      answer got lost, so ECO may have it twice.
    </div>
  );
}

function firstResponse(response: ResponseClock): string {
  return response.state === "responded"
    ? `First response, ${minutes(response.afterMinutes)}`
    : "First response";
}
