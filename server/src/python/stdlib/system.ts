/** Modules of the world outside: what only running the program tells is unknown, the rest is small and exact. */
import { integer } from "../../algebra/index.ts";
import { defineMethod, native, required } from "../builtins/define.ts";
import { importNamed } from "../builtins/functions.ts";
import { equals } from "../comparison.ts";
import { reprOf } from "../format.ts";
import type { Interpreter } from "../interpreter.ts";
import { liveDict } from "../livedict.ts";
import {
  functionClass,
  iteratorClass,
  methodClass,
  moduleClass,
  nativeClass,
  noneClass,
  tupleClass,
} from "../types.ts";
import {
  Bound,
  bool,
  Class,
  Dict,
  Instance,
  int,
  none,
  notImplemented,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../values.ts";
import { classIn, identityFunction, moduleOf, outsideModule } from "./define.ts";
import { defineFields } from "./namedtuple.ts";
import { inPython } from "./prelude/index.ts";

const nothing = (): Value => none;

// ── sys ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

const versionClass = new Class({ name: "version_info", module: "sys", bases: [tupleClass] });
defineFields(versionClass, ["major", "minor", "micro", "releaselevel", "serial"], new Map());
const version = new Tuple([int(3), int(12), int(0), str("final"), int(0)], versionClass);

export const sys = outsideModule(
  "sys",
  {
    version_info: version,
    maxsize: int(integer(2n ** 63n - 1n)),
    byteorder: str("little"),
    exit: (it) => it.raise("SystemExit", ""),
    setrecursionlimit: nothing,
    getrecursionlimit: () => int(1000),
  },
  (name, it) => (name === "modules" ? loadedModules(it) : null),
);

/** What is loaded here is loaded when the program runs; of the rest it is not known, since modules are read as needed. */
function loadedModules({ loader }: Interpreter): Value {
  const modules = liveDict({
    names: () => loader.modules,
    set: (name, value) => loader.set(name, value),
    delete: (name) => loader.delete(name),
    lose: nothing,
  });
  modules.lost = new Unknown("which modules are loaded is not known before the program runs");
  return modules;
}

// ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const quiet = native("quiet", nothing);
const loggerClass = classIn("logging", "Logger");
defineMethod(loggerClass, "__getattr__", (_it, [, name]) =>
  name?.kind === "str" && /^(is|get|has)/.test(name.value) ? new Unknown("the logging is not known") : quiet,
);
const logger = (): Instance => new Instance(loggerClass, null);

export const logging = moduleOf(
  "logging",
  {
    getLogger: logger,
    Logger: loggerClass,
    DEBUG: int(10),
    INFO: int(20),
    WARNING: int(30),
    WARN: int(30),
    ERROR: int(40),
    CRITICAL: int(50),
  },
  (name) => (/^[a-z]/.test(name) ? quiet : new Unknown("the logging is not known")),
);

const catchClass = classIn("warnings", "catch_warnings");
defineMethod(catchClass, "__init__", nothing);
defineMethod(catchClass, "__enter__", () => new Unknown("the warnings that are caught"));
defineMethod(catchClass, "__exit__", nothing);
export const warnings = moduleOf("warnings", {
  warn: nothing,
  warn_explicit: nothing,
  filterwarnings: nothing,
  simplefilter: nothing,
  resetwarnings: nothing,
  catch_warnings: catchClass,
  deprecated: () => native("deprecated", identityFunction),
});

// ── chance and time ──────────────────────────────────────────────────────────────────────────────────────────────────

const chance = (type?: "int" | "float") => () => new Unknown("it is drawn at random", type ? { type } : {});
export const random = outsideModule("random", {
  seed: nothing,
  random: chance("float"),
  uniform: chance("float"),
  gauss: chance("float"),
  normalvariate: chance("float"),
  randint: chance("int"),
  randrange: chance("int"),
  getrandbits: chance("int"),
  choice: chance(),
  sample: chance(),
  choices: chance(),
  shuffle: (it, args) => {
    const list = required(it, "shuffle", args, 0);
    if (list.kind === "list") {
      list.touch();
      list.lost ??= new Unknown("the list was shuffled");
    }
    return none;
  },
});

const clock = (): Value => new Unknown("the time is not known before the program runs", { type: "float" });
export const time = outsideModule("time", {
  time: clock,
  perf_counter: clock,
  monotonic: clock,
  process_time: clock,
  sleep: nothing,
});

// ── types, importlib, string ─────────────────────────────────────────────────────────────────────────────────────────

const namespaceClass = classIn("types", "SimpleNamespace");
defineMethod(namespaceClass, "__init__", (_it, [self], keywords) => {
  if (self?.kind === "instance") for (const [name, value] of keywords) self.set(name, value);
  return none;
});
defineMethod(namespaceClass, "__eq__", (it, [self, other]) => {
  if (self?.kind !== "instance" || other?.kind !== "instance" || other.cls !== self.cls) return notImplemented;
  const dicts = [self, other].map(
    ({ attrs }) => new Dict(new Map([...attrs].map(([k, v]) => [`s${k}`, { key: str(k), value: v }]))),
  );
  const equal = equals(it, dicts[0] ?? none, dicts[1] ?? none);
  return equal === undefined ? new Unknown("the values compared are not known", { type: "bool" }) : bool(equal);
});
defineMethod(namespaceClass, "__repr__", (it, [self]) => {
  const parts: string[] = [];
  for (const [name, value] of self?.kind === "instance" ? self.attrs : []) {
    const text = reprOf(it, value);
    if (text.kind !== "str") return text;
    parts.push(`${name}=${text.value}`);
  }
  return str(`namespace(${parts.join(", ")})`);
});

export const types = moduleOf("types", {
  SimpleNamespace: namespaceClass,
  FunctionType: functionClass,
  LambdaType: functionClass,
  MethodType: (it, args) => new Bound(required(it, "MethodType", args, 0), required(it, "MethodType", args, 1)),
  BuiltinFunctionType: nativeClass,
  GeneratorType: iteratorClass,
  BoundMethodType: methodClass,
  ModuleType: moduleClass,
  NoneType: noneClass,
  MappingProxyType: identityFunction,
  GenericAlias: (_it, [origin = none]) => origin,
  UnionType: classIn("types", "UnionType"),
});

export const importlib = outsideModule("importlib", {
  import_module: (it, args, keywords) => importNamed(it, args, keywords, true),
  reload: identityFunction,
});

const specClass = classIn("importlib.machinery", "ModuleSpec");

export const importlibUtil = outsideModule("importlib.util", {
  find_spec: (it, [name]) => {
    const has = name?.kind === "str" ? it.loader.has(name.value, it.frame?.globals.file ?? null) : undefined;
    if (has === undefined) return new Unknown("whether the module is installed is not known");
    return has ? new Instance(specClass, null) : none;
  },
});

const lower = "abcdefghijklmnopqrstuvwxyz";
export const string = moduleOf(
  "string",
  {
    ascii_lowercase: str(lower),
    ascii_uppercase: str(lower.toUpperCase()),
    ascii_letters: str(lower + lower.toUpperCase()),
    digits: str("0123456789"),
    hexdigits: str("0123456789abcdefABCDEF"),
    octdigits: str("01234567"),
    punctuation: str("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    whitespace: str(" \t\n\r\u000b\f"),
  },
  inPython("string"),
);

export const textwrap = moduleOf("textwrap", {}, inPython("textwrap"));

/** Modules of which nothing is told. */
export const outsiders: readonly string[] = [
  "ast",
  "asyncio",
  "atexit",
  "base64",
  "bisect",
  "bz2",
  "calendar",
  "cmath",
  "codecs",
  "concurrent",
  "concurrent.futures",
  "configparser",
  "copyreg",
  "csv",
  "ctypes",
  "datetime",
  "decimal",
  "difflib",
  "email",
  "fractions",
  "gc",
  "getpass",
  "glob",
  "gzip",
  "hashlib",
  "heapq",
  "html",
  "http",
  "importlib.metadata",
  "importlib.resources",
  "io",
  "linecache",
  "locale",
  "multiprocessing",
  "pdb",
  "pickle",
  "pkgutil",
  "platform",
  "pprint",
  "queue",
  "resource",
  "sched",
  "secrets",
  "select",
  "shlex",
  "shutil",
  "signal",
  "socket",
  "sqlite3",
  "ssl",
  "stat",
  "statistics",
  "struct",
  "subprocess",
  "tarfile",
  "tempfile",
  "threading",
  "timeit",
  "tkinter",
  "traceback",
  "unittest",
  "unittest.mock",
  "urllib",
  "urllib.parse",
  "urllib.request",
  "uuid",
  "weakref",
  "xml",
  "xml.etree",
  "xml.etree.ElementTree",
  "zipfile",
  "zlib",
];
