// The line over everything: that this is the demo, or that AWS Support's address was replaced.
import { useCommand } from "../query/hooks";

/** The line over everything: which world this is. Never dismissible. */
export function WorldStrip() {
  const state = useCommand("app_state", {});
  if (state.data?.mode === "demo") {
    return (
      <div className="eco-world" id="world-strip" data-testid="demo-banner" role="note">
        <strong>DEMO</strong> ECO is pretended, nothing leaves this computer.
      </div>
    );
  }
  if (state.data?.endpointOverride) {
    return (
      <div className="eco-world" id="world-strip" data-testid="endpoint-banner" role="note">
        <strong>Not AWS Support:</strong> everything goes to {state.data.endpointOverride} instead.
        ECO gets nothing from here.
      </div>
    );
  }
  return null;
}
