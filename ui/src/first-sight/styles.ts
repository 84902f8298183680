// The style sheets that the first sight needs. By modules, not by @import, so that the screens, which need
// them too, do not bring them a second time.
import "@cloudscape-design/global-styles/index.css";
import "virtual:first-tokens.css";
import "../theme/theme.css";
import "../theme/tokens.css";
import "../theme/base.css";
import "../parts/parts.css";
import "../frame/frame.css";
import "../frame/navigation.css";
import "../parts/account-tile.css";
import "../screens/incidents/list.css";
import "./first-sight.css";
