/** Forward hooks: they run around `forward`, and what they give back takes the place of inputs and output. */
import { call } from "../../../python/call.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { truth } from "../../../python/truth.ts";
import { objectClass } from "../../../python/types.ts";
import {
  bool,
  Class,
  Dict,
  Instance,
  int,
  type Keywords,
  Native,
  none,
  str,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";

export type HookKind = "_forward_hooks" | "_forward_pre_hooks";

/** Whether something runs around the module's `forward`. */
export function hasHooks(module: Instance): boolean {
  return hooksOf(module, "_forward_hooks") !== null || hooksOf(module, "_forward_pre_hooks") !== null;
}

function hooksOf(module: Instance, kind: HookKind): Dict | null {
  const hooks = module.attrs.get(kind);
  return hooks?.kind === "dict" && (hooks.entries.size > 0 || hooks.lost) ? hooks : null;
}

/** Runs `forward` between the hooks. */
export function withHooks(
  it: Interpreter,
  module: Instance,
  args: readonly Value[],
  keywords: Keywords,
  forward: (args: readonly Value[], keywords: Keywords) => Value,
): Value {
  let [inputs, named] = [args, keywords];
  const before = hooksOf(module, "_forward_pre_hooks");
  const after = hooksOf(module, "_forward_hooks");
  const lost = before?.lost ?? after?.lost;
  if (lost) return new Unknown(lost.why);
  for (const { value: entry } of before ? [...before.entries.values()] : []) {
    const { hook, takesKeywords } = readHook(entry);
    const given = takesKeywords ? [module, new Tuple(inputs), asDict(named)] : [module, new Tuple(inputs)];
    const result = call(it, hook, given);
    if (result.kind === "unknown") return new Unknown(`what a hook makes of the inputs is not known: ${result.why}`);
    if (result.kind === "none") continue;
    if (!takesKeywords) inputs = result.kind === "tuple" ? result.items : [result];
    else if (result.kind === "tuple" && result.items[0]?.kind === "tuple" && result.items[1]?.kind === "dict") {
      inputs = result.items[0].items;
      named = asKeywords(result.items[1]);
    }
  }
  let output = forward(inputs, named);
  for (const { value: entry } of after ? [...after.entries.values()] : []) {
    const { hook, takesKeywords } = readHook(entry);
    const given = [module, new Tuple(inputs), ...(takesKeywords ? [asDict(named)] : []), output];
    const result = call(it, hook, given);
    if (result.kind === "unknown") return new Unknown(`what a hook makes of the output is not known: ${result.why}`);
    if (result.kind !== "none") output = result;
  }
  return output;
}

/** `register_forward_hook(hook, *, prepend=False, with_kwargs=False)`. */
export function registerHook(
  it: Interpreter,
  module: Instance,
  kind: HookKind,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const hook = args[0] ?? keywords.get("hook") ?? none;
  const flag = (name: string): boolean => {
    const value = keywords.get(name);
    return value !== undefined && truth(it, value) === true;
  };
  const known = module.attrs.get(kind);
  const hooks = known?.kind === "dict" ? known : new Dict();
  if (hooks !== known) module.set(kind, hooks);
  hooks.touch();
  lastKey += 1;
  const entry = { key: int(lastKey), value: new Tuple([hook, bool(flag("with_kwargs"))]) };
  hooks.entries = new Map(
    flag("prepend") ? [[lastKey, entry], ...hooks.entries] : [...hooks.entries, [lastKey, entry]],
  );
  return makeHandle(hooks, lastKey);
}

let lastKey = 0;

const handleClass = new Class({ name: "RemovableHandle", module: "torch.utils.hooks", bases: [objectClass] });
handleClass.dict.set("__enter__", new Native("__enter__", (_it, [self]) => self ?? none));
handleClass.dict.set("__exit__", new Native("__exit__", (it, [self]) => (self ? removed(it, self) : none)));
handleClass.dict.set("remove", new Native("remove", (it, [self]) => (self ? removed(it, self) : none)));

/** What registering gives back. */
export function makeHandle(hooks: Dict | null, key: number): Instance {
  const handle = new Instance(handleClass, null);
  handle.attrs.set("hooks", hooks ?? none);
  handle.attrs.set("id", int(key));
  return handle;
}

function removed(_it: Interpreter, handle: Value): Value {
  if (handle.kind !== "instance") return none;
  const [hooks, id] = [handle.attrs.get("hooks"), handle.attrs.get("id")];
  if (hooks?.kind === "dict" && id?.kind === "int" && typeof id.dim === "number") {
    hooks.touch();
    hooks.entries.delete(id.dim);
  }
  return none;
}

function readHook(entry: Value): { hook: Value; takesKeywords: boolean } {
  if (entry.kind !== "tuple") return { hook: entry, takesKeywords: false };
  const [hook = none, flag] = entry.items;
  return { hook, takesKeywords: flag?.kind === "bool" && flag.value };
}

function asDict(keywords: Keywords): Dict {
  const dict = new Dict();
  for (const [name, value] of keywords) dict.entries.set(`s${name}`, { key: str(name), value });
  return dict;
}

function asKeywords(dict: Dict): Keywords {
  const named = [...dict.entries.values()];
  return new Map(named.flatMap(({ key, value }) => (key.kind === "str" ? [[key.value, value] as const] : [])));
}
