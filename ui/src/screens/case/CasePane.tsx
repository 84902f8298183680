// One case as a pane of the window.
import type { CaseAct } from "../../frame/paths";
import type { CaseKey } from "../../platform/contract";
import CaseScreen from "./CaseScreen";

/** `act`: what it was opened for. */
export default function CasePane({ caseKey }: { caseKey: CaseKey; act?: CaseAct }) {
  return <CaseScreen key={caseKey} caseKey={caseKey} />;
}
