// The window's page: the real shell, then the frame.
import { start } from "./frame/start";
import { install } from "./platform/platform";
import { tauri } from "./platform/tauri";

install(tauri);
start(document.getElementById("root"));
