/** Taking turns on the one thread that everything runs on. */

/** Waits until what has arrived meanwhile was dealt with; a browser has no `setImmediate`. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
