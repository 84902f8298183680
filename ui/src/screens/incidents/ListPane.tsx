// The list of incidents as a pane of the window.
export { IncidentsScreen as ListPane } from "./IncidentsScreen";
