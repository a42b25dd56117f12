/** The Python that other extensions have chosen, which come up late, change their mind, fail, or are not there. */
import { expect, test, vi } from "vitest";
import { createPythonChoice, type ExtensionHost } from "../../../client/src/pythonChoice.ts";

type Uri = ReturnType<ExtensionHost["parse"]>;

/** As much of an address as is asked for. */
function uri(path: string): Uri {
  return { fsPath: path, path } as Uri;
}

function host(extensions: Readonly<Record<string, () => unknown>>): ExtensionHost {
  return {
    activate: (id) => {
      const activate = extensions[id];
      return activate && Promise.resolve().then(activate);
    },
    parse: (text) => uri(text.replace("file://", "")),
  };
}

/** The Python extension with a choice for each folder, which can be changed. */
function pythonExtension(chosen: Record<string, string>, executables: Readonly<Record<string, string>> = {}) {
  const listeners: (() => void)[] = [];
  return {
    change: () => {
      for (const listener of listeners) listener();
    },
    exports: {
      environments: {
        getActiveEnvironmentPath: (resource?: Uri) => ({ path: chosen[resource?.fsPath ?? ""] ?? "python" }),
        resolveEnvironment: async ({ path }: { path: string }) => {
          const executable = executables[path];
          return executable === undefined ? undefined : { executable: { uri: uri(executable) } };
        },
        onDidChangeActiveEnvironmentPath: (listener: () => void) => {
          listeners.push(listener);
          return { dispose: () => listeners.splice(0) };
        },
      },
    },
  };
}

test("nothing is known where no such extension is there", async () => {
  const changed = vi.fn();
  const choice = createPythonChoice(host({}), changed);
  expect(choice.pathFor("file:///w")).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(choice.pathFor("file:///w")).toBeUndefined();
  expect(changed).not.toHaveBeenCalled();
});

test("the choice is told when the extension is up, and again when it changes", async () => {
  const chosen: Record<string, string> = { "/w": "/w/.venv/bin/python", "/x": "/x/env" };
  const python = pythonExtension(chosen);
  const changed = vi.fn();
  const choice = createPythonChoice(host({ "ms-python.python": () => python.exports }), changed);
  expect([choice.pathFor("file:///w"), choice.pathFor("file:///x")]).toEqual([undefined, undefined]);
  await expect.poll(() => choice.pathFor("file:///w")).toBe("/w/.venv/bin/python");
  expect(choice.pathFor("file:///x")).toBe("/x/env");
  changed.mockClear();
  chosen["/w"] = "/usr/bin/python3";
  python.change();
  expect(choice.pathFor("file:///w")).toBe("/w/.venv/bin/python");
  await expect.poll(() => choice.pathFor("file:///w")).toBe("/usr/bin/python3");
  expect(changed).toHaveBeenCalledTimes(1);
});

test("a command is resolved to what is behind it", async () => {
  const python = pythonExtension({}, { python: "/opt/python/bin/python3.12" });
  const choice = createPythonChoice(host({ "ms-python.python": () => python.exports }), () => undefined);
  await expect.poll(() => choice.pathFor(undefined)).toBe("/opt/python/bin/python3.12");
});

test("the Python Environments extension goes first, and what it does not know the other one does", async () => {
  const python = pythonExtension({ "/w": "/w/old", "/x": "/x/old" });
  const environments = {
    getEnvironment: async (resource?: Uri) =>
      resource?.fsPath === "/w" ? { environmentPath: uri("/w/new") } : undefined,
    onDidChangeEnvironment: () => ({ dispose: () => undefined }),
  };
  const extensions = { "ms-python.python": () => python.exports, "ms-python.vscode-python-envs": () => environments };
  const choice = createPythonChoice(host(extensions), () => undefined);
  await expect.poll(() => choice.pathFor("file:///w")).toBe("/w/new");
  await expect.poll(() => choice.pathFor("file:///x")).toBe("/x/old");
});

test("an extension that fails leaves the choice to the other, or unknown", async () => {
  const python = pythonExtension({ "/w": "/w/env" });
  const failing = () => {
    throw new Error("cannot start");
  };
  const extensions = { "ms-python.python": () => python.exports, "ms-python.vscode-python-envs": failing };
  const choice = createPythonChoice(host(extensions), () => undefined);
  await expect.poll(() => choice.pathFor("file:///w")).toBe("/w/env");
  choice.dispose();
});
