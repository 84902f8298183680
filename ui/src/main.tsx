// The window's page: the real shell, the first sight, then the frame.
import { open } from "./first-sight/open";
import { install } from "./platform/platform";
import { tauri } from "./platform/tauri";

install(tauri);
void open();
