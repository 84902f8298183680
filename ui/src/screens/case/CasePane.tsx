// One case as a pane of the window.
export { default } from "./CaseScreen";
