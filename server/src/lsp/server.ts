/**
 * The language server over any connection: what it offers, and which handler answers which request. Everything that it
 * tells is read off a `FileReport`. Nothing between a change and its hints waits but for the analysis.
 */
import {
  type CancellationToken,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { letOthersIn } from "../base/turns.ts";
import { reportOf } from "../report/index.ts";
import { pathOf } from "./addresses.ts";
import { toRange } from "./convert.ts";
import { OpenDocuments, type View } from "./documents.ts";
import { annotate } from "./handlers/annotate.ts";
import { codeActions } from "./handlers/codeActions.ts";
import { codeLenses } from "./handlers/codeLenses.ts";
import { diagnostics } from "./handlers/diagnostics.ts";
import { hover } from "./handlers/hover.ts";
import { inlayHints, isHintData, resolveInlayHint } from "./handlers/inlayHints.ts";
import { inputEdits, inputPreview } from "./handlers/inputPrompt.ts";
import { headline, summary } from "./handlers/summary.ts";
import { showWork } from "./progress.ts";
import { type Platform, Projects } from "./projects.ts";
import {
  type AnalyzedParams,
  type AnnotateParams,
  analyzedNotification,
  annotateRequest,
  type InitializationOptions,
  inputEditRequest,
  type PreviewInputParams,
  previewInputRequest,
  type SummaryParams,
  type SummaryResult,
  summaryRequest,
} from "./protocol.ts";
import { type Clock, WarmUp } from "./warmUp.ts";
import { concernsEnvironment, Watching } from "./watching.ts";

export function createServer(connection: Connection, platform: Platform): void {
  const texts = new TextDocuments(TextDocument);
  const projects = new Projects(connection, platform);
  let client: InitializeParams["capabilities"] = {};
  /** Whether the editor runs the commands of links in Markdown. */
  let linksRunCommands = false;
  /** Whether documents are analysed yet: the parser and the settings are there. */
  let ready = false;
  let becomeReady = (): void => undefined;
  const whenReady = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });

  const log = (error: unknown): void =>
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));

  const refreshEditor = (): void => {
    if (client.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh().catch(log);
    if (client.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(log);
  };

  const hasClickableLabels = (): boolean =>
    client.textDocument?.inlayHint?.resolveSupport?.properties.includes("label.location") === true;

  const watching = new Watching(connection);
  /** Clients that cannot be asked watch what they are told to by their own configuration. */
  const watch = (): void => {
    if (!client.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const outside = client.workspace.didChangeWatchedFiles.relativePatternSupport ? projects.librariesSearched : [];
    watching.update(outside).catch(log);
  };

  const warmUp = new WarmUp(clock);
  const documents = new OpenDocuments({
    analyzing: () => warmUp.stop(),
    analyzed(view) {
      warmUp.idle(() => rehearsal(view));
      connection.sendDiagnostics(diagnostics(view)).catch(log);
      const params: AnalyzedParams = { uri: view.uri, version: view.version, headline: headline(view) };
      connection.sendNotification(analyzedNotification, params).catch(log);
      watch();
    },
    changedElsewhere: refreshEditor,
    working: (title) => showWork(connection, title, log),
    failed: (uri, error) => log(error instanceof Error ? error : `${uri}: ${String(error)}`),
  });

  /** After a change that the editor has no reason to ask about. */
  const refreshAll = async (): Promise<void> => {
    if (await documents.refresh()) refreshEditor();
  };

  /** Work that no request waits for. */
  const inBackground = (work: () => Promise<void>): void => {
    whenReady.then(work).catch(log);
  };

  /** An answer about a document as it is. A failure is ours: it is logged, and the editor shows nothing. */
  async function answer<R>(
    uri: string,
    token: CancellationToken,
    nothing: R,
    handle: (view: View) => R,
  ): Promise<R | ResponseError> {
    const view = await untilCancelled(token, async () => {
      if (!ready) await whenReady;
      return documents.view(uri);
    });
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    if (view !== null) return attempt(nothing, () => handle(view));
    return documents.isOpen(uri) ? new ResponseError(LSPErrorCodes.ContentModified, "the text has changed") : nothing;
  }

  function attempt<R>(nothing: R, work: () => R): R {
    try {
      return work();
    } catch (error) {
      log(error);
      return nothing;
    }
  }

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    linksRunCommands = (params.initializationOptions as InitializationOptions | undefined)?.commandLinks === true;
    projects.initialize(params);
    return initializeResult(platform.version);
  });

  connection.onInitialized(async () => {
    try {
      if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: "paramlens" });
      }
      if (client.workspace?.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
          inBackground(async () => {
            await projects.changeFolders(added, removed);
            documents.assign((path) => projects.of(path));
            await refreshAll();
          }),
        );
      }
      await projects.load();
      watch();
      for (const document of texts.all()) documents.open(document, projects.of(pathOf(document.uri)));
      ready = true;
    } catch (error) {
      // Requests are answered with nothing rather than never.
      log(error);
    }
    becomeReady();
  });

  texts.onDidOpen(({ document }) => {
    if (ready) documents.open(document, projects.of(pathOf(document.uri)));
  });
  texts.onDidChangeContent(({ document }) => {
    if (ready) documents.change(document.uri);
  });
  texts.onDidSave(({ document }) => documents.save(document.uri));
  texts.onDidClose(({ document }) => {
    warmUp.stop();
    documents.close(document.uri);
    connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }).catch(log);
    inBackground(refreshAll);
  });

  connection.onDidChangeConfiguration(({ settings }) =>
    inBackground(async () => {
      await projects.configure(settings);
      await documents.refresh();
      refreshEditor();
    }),
  );
  connection.onDidChangeWatchedFiles(({ changes }) =>
    inBackground(async () => {
      // An open document stands for its file, whatever is on disk.
      const paths = changes.map(({ uri }) => pathOf(uri)).filter((path) => !documents.has(path));
      if (paths.length === 0) return;
      projects.invalidate(paths);
      const { librariesSearched } = projects;
      if (paths.some((path) => concernsEnvironment(path, librariesSearched))) projects.renewEnvironments();
      await projects.reload(paths);
      await refreshAll();
    }),
  );

  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    answer(textDocument.uri, token, [], (view) => inlayHints(view, toRange(view.lines, range), hasClickableLabels())),
  );
  connection.languages.inlayHint.resolve(async (hint) => {
    const view = isHintData(hint.data) ? await documents.view(hint.data.uri) : null;
    return attempt(hint, () => resolveInlayHint(view, hint));
  });
  connection.onHover(({ textDocument, position }, token) =>
    answer(textDocument.uri, token, null, (view) => hover(view, position, linksRunCommands)),
  );
  connection.onCodeLens(({ textDocument }, token) => answer(textDocument.uri, token, [], codeLenses));
  connection.onCodeAction(({ textDocument, range }, token) =>
    answer(textDocument.uri, token, [], (view) => codeActions(view, toRange(view.lines, range))),
  );
  connection.onRequest(annotateRequest, ({ textDocument }: AnnotateParams, token: CancellationToken) =>
    answer(textDocument.uri, token, [], annotate),
  );
  connection.onRequest(previewInputRequest, (params: PreviewInputParams, token: CancellationToken) =>
    answer(params.textDocument.uri, token, { problem: null, output: null }, (view) => inputPreview(view, params)),
  );
  connection.onRequest(inputEditRequest, (params: PreviewInputParams, token: CancellationToken) =>
    answer(params.textDocument.uri, token, null, (view) => inputEdits(view, params)),
  );
  connection.onRequest(summaryRequest, async ({ textDocument: { uri }, model }: SummaryParams) => {
    await whenReady;
    const view = await documents.newestView(uri);
    const nothing: SummaryResult = { uri, version: texts.get(uri)?.version ?? 0, models: [] };
    return view === null ? nothing : attempt(nothing, () => summary(view, model));
  });

  texts.listen(connection);
  connection.listen();
}

const clock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  breath: letOthersIn,
};

/** All that an edit makes the server do, step by step and for nothing. */
function* rehearsal({ analysis, project }: View): Generator<void, void, void> {
  if (analysis !== null) reportOf(yield* project.program.rehearse(analysis.path));
}

function initializeResult(version: string): InitializeResult {
  return {
    serverInfo: { name: "ParamLens", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      inlayHintProvider: { resolveProvider: true },
      hoverProvider: true,
      codeLensProvider: { resolveProvider: false },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** What `work` gives, or null as soon as the request is cancelled. */
function untilCancelled<T>(token: CancellationToken, work: () => Promise<T | null>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const listener = token.onCancellationRequested(() => resolve(null));
    work()
      .finally(() => listener.dispose())
      .then(resolve, reject);
  });
}
