/** Which packages an environment has, and which environment a project works with, on computers that exist nowhere. */
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../../server/src/environment/index.ts";
import { machineWith, type Tree } from "./machine.ts";

const project = "/home/me/project";

function found(tree: Tree, given: Parameters<typeof machineWith>[1] = {}, python = "", extraPaths: string[] = []) {
  return environmentOf({ folder: project, python, extraPaths }, machineWith(tree, given));
}

/** A virtual environment as `python -m venv` makes it. */
function venv(prefix: string, config = "", packages = "site-packages/torch/__init__.py"): Tree {
  return {
    [`${prefix}/pyvenv.cfg`]: `home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.4\n${config}`,
    [`${prefix}/bin/python`]: "-> /usr/bin/python3.11",
    [`${prefix}/lib/python3.11/${packages}`]: "",
    [`${prefix}/lib64`]: `-> ${prefix}/lib`,
  };
}

const debian: Tree = {
  "/usr/bin/python3": "-> /usr/bin/python3.11",
  "/usr/bin/python3.11": "#!",
  "/usr/lib/python3.11/os.py": "",
  "/usr/lib/python3.13/os.py": "",
  "/usr/lib/python3/dist-packages/numpy/__init__.py": "",
  "/usr/local/lib/python3.11/dist-packages/einops/__init__.py": "",
  "/usr/lib/python3.13/site-packages/none/__init__.py": "",
};

describe("layouts", () => {
  test("a virtual environment, by its folder and by its executable", () => {
    const tree = { ...debian, ...venv("/envs/a") };
    for (const python of ["/envs/a", "/envs/a/bin/python", "/envs/a/"]) {
      const environment = found(tree, {}, python);
      expect(environment.folders).toEqual(["/envs/a/lib/python3.11/site-packages"]);
      expect(environment.name).toBe("/envs/a (Python 3.11)");
    }
  });

  test("one whose executable links to a Python that is not here", () => {
    const tree = venv("/envs/a");
    expect(found(tree, {}, "/envs/a/bin/python").folders).toEqual(["/envs/a/lib/python3.11/site-packages"]);
  });

  test("one that shows the packages of the Python below it", () => {
    const tree = { ...debian, ...venv("/envs/a") };
    const config = "home = /usr/bin\ninclude-system-site-packages = true\nversion_info = 3.11.4.final.0\n";
    expect(found({ ...tree, "/envs/a/pyvenv.cfg": config }, {}, "/envs/a").folders).toEqual([
      "/envs/a/lib/python3.11/site-packages",
      "/usr/local/lib/python3.11/dist-packages",
      "/usr/lib/python3/dist-packages",
    ]);
  });

  test("Debian's own, of the version that the executable is", () => {
    const folders = ["/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages"];
    expect(found(debian, {}, "/usr/bin/python3").folders).toEqual(folders);
    const user = "/home/me/.local/lib/python3.11/site-packages";
    expect(found({ ...debian, [`${user}/timm.py`]: "" }, {}, "/usr/bin/python3").folders).toEqual([user, ...folders]);
  });

  test("conda's and Windows'", () => {
    const conda = {
      "/opt/conda/envs/ml/lib/python3.12/site-packages/torch.py": "",
      "/opt/conda/envs/ml/bin/python": "",
    };
    expect(found(conda, {}, "/opt/conda/envs/ml").name).toBe("/opt/conda/envs/ml (Python 3.12)");
    const windows = {
      "C:/Users/me/.venv/pyvenv.cfg": "home = C:\\Python311\ninclude-system-site-packages = true\nversion = 3.11.1",
      "C:/Users/me/.venv/Scripts/python.exe": "",
      "C:/Users/me/.venv/Lib/site-packages/torch/__init__.py": "",
      "C:/Python311/python.exe": "",
      "C:/Python311/Lib/site-packages/numpy/__init__.py": "",
    };
    for (const python of ["C:\\Users\\me\\.venv", "C:\\Users\\me\\.venv\\Scripts\\python.exe"]) {
      expect(found(windows, { isWindows: true }, python).folders).toEqual([
        "C:/Users/me/.venv/Lib/site-packages",
        "C:/Python311/Lib/site-packages",
      ]);
    }
    expect(found(windows, { isWindows: true }, "C:\\Python311\\python.exe").folders).toEqual([
      "C:/Python311/Lib/site-packages",
    ]);
  });

  test("what is no Python has no packages", () => {
    const environment = found({ "/etc/passwd": "", "/home/me/empty/": "" }, {}, "/home/me/empty");
    expect([environment.folders, environment.name]).toEqual([[], null]);
    expect(found({ "/etc/passwd": "" }, {}, "/etc/passwd").name).toBeNull();
    expect(found({}, {}, "/nowhere/python").name).toBeNull();
    expect(found({}, {}, "/nowhere/python").absence).toContain("/nowhere/python");
  });
});

describe("what adds to the path", () => {
  const site = "/envs/a/lib/python3.11/site-packages";

  test("folders of .pth files, relative and absolute, in the order of their names", () => {
    const environment = found(
      {
        ...venv("/envs/a"),
        [`${site}/b.pth`]: "/opt/two\n/opt/two\n",
        [`${site}/a.pth`]: "# a comment\n../more\n/opt/one\r\n/nowhere\nimport sys; sys.path.append('/opt/bad')\n",
        [`${site}/.hidden.pth`]: "/opt/hidden\n",
        "/envs/a/lib/python3.11/more/": "",
        "/opt/one/": "",
        "/opt/two/": "",
        "/opt/bad/": "",
        "/opt/hidden/": "",
      },
      {},
      "/envs/a",
    );
    expect(environment.linked).toEqual(["/envs/a/lib/python3.11/more", "/opt/one", "/opt/two"]);
  });

  test("the finder of an editable install is read as text", () => {
    const environment = found(
      {
        ...venv("/envs/a"),
        [`${site}/__editable__.nets-0.1.pth`]:
          "import __editable___nets_0_1_finder; __editable___nets_0_1_finder.install()",
        [`${site}/__editable___nets_0_1_finder.py`]: `from __future__ import annotations
MAPPING: dict[str, str] = {'nets': '/opt/nets/source', "tool": '/opt/nets/tool', 'nets.deep': '/else'}
NAMESPACES: dict[str, list[str]] = {'company': ['/opt/nets/company']}
PATH_PLACEHOLDER = '__editable__.nets-0.1.finder' + ".__path_hook__"
`,
        "/opt/nets/source/__init__.py": "",
        "/opt/nets/tool.py": "",
        "/opt/nets/company/part/__init__.py": "",
      },
      {},
      "/envs/a",
    );
    expect(Object.fromEntries(environment.named)).toEqual({
      company: "/opt/nets/company",
      nets: "/opt/nets/source",
      tool: "/opt/nets/tool.py",
    });
    expect(environment.linked).toEqual([]);
  });

  test("paths of Windows in a finder", () => {
    const environment = found(
      {
        "C:/v/pyvenv.cfg": "version = 3.11",
        "C:/v/Lib/site-packages/__editable__.n.pth": "import __editable___n_finder; __editable___n_finder.install()",
        "C:/v/Lib/site-packages/__editable___n_finder.py": "MAPPING = {'n': 'C:\\\\work\\\\n'}\n",
        "C:/work/n/__init__.py": "",
      },
      { isWindows: true },
      "C:\\v",
    );
    expect(environment.named.get("n")).toBe("C:/work/n");
  });

  test("links of older editable installs", () => {
    const environment = found(
      { ...venv("/envs/a"), [`${site}/nets.egg-link`]: "/opt/nets\n.", "/opt/nets/": "" },
      {},
      "/envs/a",
    );
    expect(environment.linked).toEqual(["/opt/nets"]);
  });

  test("PYTHONPATH, of the process and of the project's .env", () => {
    const tree = {
      "/a/x.py": "",
      [`${project}/lib/y.py`]: "",
      [`${project}/more/z.py`]: "",
      [`${project}/.env`]: "KEY=1\nPYTHONPATH=more:$HOME\n",
    };
    expect(found(tree, { variables: { PYTHONPATH: "/a:lib:/nowhere" } }).path).toEqual([
      "/a",
      `${project}/lib`,
      `${project}/more`,
    ]);
  });

  test("extra paths of pyright: its own file, pyproject.toml, the editor", () => {
    const folders = { [`${project}/one/`]: "", [`${project}/two/`]: "", "/home/me/shared/": "" };
    const json = `{ // where things are
      "extraPaths": ["one", "../shared",], /* and */ "executionEnvironments": [{ "root": "two", "extraPaths": ["https://no"] }],
    }`;
    expect(found({ ...folders, [`${project}/pyrightconfig.json`]: json }).path).toEqual([
      `${project}/one`,
      "/home/me/shared",
      `${project}/two`,
    ]);
    const toml = `[project]\nname = "x"\nextraPaths = ["no"]\n[tool.pyright]\n# here\nextraPaths = [\n  "one", # first\n  'two',\n]\n[tool.other]\nextraPaths = ["three"]\n`;
    expect(found({ ...folders, [`${project}/pyproject.toml`]: toml }).path).toEqual([
      `${project}/one`,
      `${project}/two`,
    ]);
    expect(found(folders, {}, "", ["./two", "gone"]).path).toEqual([`${project}/two`]);
    expect(found({ ...folders, [`${project}/pyrightconfig.json`]: "{ not json" }).path).toEqual([]);
  });
});

describe("the environment of a project", () => {
  const elsewhere = "/home/me/.cache/pypoetry/virtualenvs/my-nets-HASH-py3.11";

  test("the active one goes before the project's, and that before the system's", () => {
    const tree = { ...debian, ...venv("/envs/active"), ...venv(`${project}/.venv`) };
    const variables = { VIRTUAL_ENV: "/envs/active", PATH: "/bin:/usr/bin" };
    expect(found(tree, { variables }).name).toBe("/envs/active (Python 3.11)");
    expect(found(tree, { variables: { PATH: "/usr/bin" } }).name).toBe(`${project}/.venv (Python 3.11)`);
    expect(found(debian, { variables: { PATH: "/bin:/usr/bin" } }).name).toBe("/usr (Python 3.11)");
    expect(found(debian).name).toBeNull();
  });

  test.each([".venv", "venv", "env", "by-any-name"])("%s in the project's folder", (name) => {
    expect(found(venv(`${project}/${name}`)).name).toBe(`${project}/${name} (Python 3.11)`);
  });

  test("one above the project's folder", () => {
    expect(found(venv("/home/me/.venv")).name).toBe("/home/me/.venv (Python 3.11)");
    expect(found(venv("/home/me/by-any-name")).name).toBeNull();
  });

  test("what a file of the project names: .venv, pdm, pyright, pyenv", () => {
    const there = venv("/envs/a");
    expect(found({ ...there, [`${project}/.venv`]: "/envs/a\n" }).name).toBe("/envs/a (Python 3.11)");
    expect(found({ ...there, [`${project}/.pdm-python`]: "/envs/a/bin/python" }).name).toBe("/envs/a (Python 3.11)");
    const pyright = { ...there, [`${project}/pyrightconfig.json`]: '{ "venvPath": "/envs", "venv": "a" }' };
    expect(found({ ...pyright, ...venv(`${project}/.venv`) }).name).toBe("/envs/a (Python 3.11)");
    const pyenv = {
      "/home/me/.pyenv/versions/3.10.4/lib/python3.10/site-packages/x.py": "",
      "/home/me/.pyenv/versions/3.12.1/lib/python3.12/site-packages/x.py": "",
      "/home/me/.pyenv/version": "3.10.4\n",
    };
    expect(found(pyenv).name).toBe("/home/me/.pyenv/versions/3.10.4 (Python 3.10)");
    expect(found({ ...pyenv, [`${project}/.python-version`]: "3.12" }).name).toBe(
      "/home/me/.pyenv/versions/3.12.1 (Python 3.12)",
    );
  });

  test("conda's active one, unless it is the base; the one that environment.yml names", () => {
    const tree: Tree = {
      "/opt/conda/lib/python3.12/site-packages/x.py": "",
      "/opt/conda/envs/ml/lib/python3.12/site-packages/x.py": "",
    };
    const active = { CONDA_PREFIX: "/opt/conda/envs/ml", CONDA_DEFAULT_ENV: "ml" };
    expect(found(tree, { variables: active }).name).toBe("/opt/conda/envs/ml (Python 3.12)");
    const base = { CONDA_PREFIX: "/opt/conda", CONDA_DEFAULT_ENV: "base" };
    expect(found({ ...tree, ...venv(`${project}/.venv`) }, { variables: base }).name).toBe(
      `${project}/.venv (Python 3.11)`,
    );
    const named = { ...tree, [`${project}/environment.yml`]: "channels: [a]\nname: ml # ours\n" };
    expect(found({ ...named, "/home/me/.conda/environments.txt": "/opt/conda\n/opt/conda/envs/ml\n" }).name).toBe(
      "/opt/conda/envs/ml (Python 3.12)",
    );
    expect(found(named, { variables: base }).name).toBe("/opt/conda (Python 3.12)");
  });

  // base64.urlsafe_b64encode(hashlib.sha256(place.encode()).digest())[:8], as both tools compute it.
  test("poetry's and pipenv's, kept under a hash of the project's place", () => {
    const poetry = {
      [`${project}/pyproject.toml`]: '[tool.poetry]\nname = "My_Nets"\n',
      ...venv(elsewhere.replace("HASH", "Il3zCUAS")),
    };
    expect(found(poetry).name).toContain("/virtualenvs/my-nets-Il3zCUAS-py3.11");
    expect(found({ ...poetry, ...venv(elsewhere.replace("HASH", "AAAAAAAA")) }).name).toContain("Il3zCUAS");
    const pipenv = { [`${project}/Pipfile`]: "", ...venv("/home/me/.local/share/virtualenvs/project-fPIxLfK7") };
    expect(found(pipenv).name).toBe("/home/me/.local/share/virtualenvs/project-fPIxLfK7 (Python 3.11)");
  });
});
