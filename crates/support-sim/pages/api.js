// Talks to support-sim.

/** A refusal, or no answer at all. The message is fit to be shown. */
export class Failure extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** One call; gives what was answered. */
export async function call(method, path, body) {
  const request = { method, headers: {} };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new Failure("support-sim does not answer. Is it still running?");
  }
  const told = await answer.json().catch(() => null);
  if (!answer.ok) throw new Failure(told?.error?.message ?? `support-sim answered with status ${answer.status}.`, answer.status);
  return told;
}

/** Calls `changed` at each change, and `linked(true | false)` when the connection comes and goes. */
export function follow(path, changed, linked) {
  const source = new EventSource(path);
  source.addEventListener("open", () => linked(true));
  source.addEventListener("error", () => linked(false));
  source.addEventListener("change", () => changed());
}

/** Runs `work` again and again, but never twice at once: what comes in between makes it run once more. */
export function oneAtATime(work) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  };
}

/** A file of the person's as the API takes it. */
export function encoded(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve({ name: file.name, base64: String(reader.result).split(",", 2)[1] ?? "" }));
    reader.addEventListener("error", () => reject(new Failure(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
}
