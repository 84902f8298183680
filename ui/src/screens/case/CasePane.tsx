// One case as a pane of the window.
import type { CaseAct } from "../../frame/paths";
import type { CaseKey } from "../../platform/contract";
import CaseScreen from "./CaseScreen";

interface Props {
  caseKey: CaseKey;
  /** What it was opened for. */
  act?: CaseAct;
}

export default function CasePane(props: Props) {
  return <CaseScreen key={props.caseKey} {...props} />;
}
