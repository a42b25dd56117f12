/** Long work in the editor's status bar, by the protocol's own means; what is short is never shown. */
import type { Connection } from "vscode-languageserver";
import type { Work } from "./documents.ts";

/** Work that takes no longer than this many milliseconds is not worth a flicker. */
const delay = 150;

type Reporter = Awaited<ReturnType<Connection["window"]["createWorkDoneProgress"]>>;

/** Shows work from now on until it ends; who presses the button stops it. */
export function showWork(connection: Connection, title: string, failed: (error: unknown) => void): Work {
  let reporter: Reporter | null = null;
  let message = "";
  let hasEnded = false;

  const begin = async (): Promise<void> => {
    const created = await connection.window.createWorkDoneProgress();
    if (hasEnded) return created.done();
    created.begin(title, undefined, message, true);
    reporter = created;
  };
  const timer = setTimeout(() => begin().catch(failed), delay);

  return {
    get isStopped() {
      return reporter?.token.isCancellationRequested === true;
    },
    tell(next) {
      if (next === message) return;
      message = next;
      reporter?.report(message);
    },
    end() {
      hasEnded = true;
      clearTimeout(timer);
      reporter?.done();
    },
  };
}
