// What stands in the place of a case while it is read from the disk: the same boxes, without words.
export function MessagesSkeleton() {
  return (
    <div className="case-messages" aria-hidden="true" data-testid="case-skeleton">
      {["me", "eco", "me", "eco"].map((who, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the boxes never change
        <div key={index} className="thread-run">
          <span className="eco-avatar case-skeleton" />
          <div
            className={`thread-message thread-message-${who} thread-run-column case-skeleton case-skeleton-bubble`}
          />
        </div>
      ))}
    </div>
  );
}

export function CaseSkeleton() {
  return (
    <div className="case" aria-busy="true">
      <span role="status" className="eco-hidden">
        Loading the case
      </span>
      <div className="case-head">
        <div className="case-subject case-skeleton case-skeleton-title" />
        <div className="case-head-facts case-skeleton case-skeleton-line" />
      </div>
      <div className="case-body">
        <div className="case-main">
          <div className="case-column">
            <MessagesSkeleton />
          </div>
        </div>
        <div className="case-facts">
          {["a", "b", "c", "d", "e"].map((each) => (
            <div key={each} className="case-skeleton case-skeleton-fact" />
          ))}
        </div>
      </div>
    </div>
  );
}
