/** The methods of `nn.Module` by which programs register, look up, traverse and change what a module is made of. */
import { attempt, findAttribute, getAttribute } from "../../../python/attributes.ts";
import { call } from "../../../python/call.ts";
import type { Interpreter } from "../../../python/interpreter.ts";
import { setAttribute } from "../../../python/setAttributes.ts";
import { truth } from "../../../python/truth.ts";
import {
  bool,
  Dict,
  False,
  type Instance,
  Iterator,
  List,
  none,
  SetValue,
  str,
  True,
  Tuple,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { makeHandle, registerHook } from "./hooks.ts";
import {
  entriesOf,
  isModule,
  lostPart,
  method,
  moduleClass,
  modulesOf,
  namedModules,
  namedTensors,
  register,
  registry,
  setTraining,
} from "./module.ts";
import { namedClass } from "./reader.ts";
import { Trace } from "./trace.ts";
import { TensorValue } from "./values.ts";

// ── registration ─────────────────────────────────────────────────────────────────────────────────────────────────────

function registering(kind: Registered): Parameters<typeof method>[2] {
  return (it, self, args, keywords) => {
    const name = args[0] ?? keywords.get("name");
    const value = args[1] ?? keywords.get("module") ?? keywords.get("tensor") ?? keywords.get("param") ?? none;
    if (!registry(self, kind)) it.raise("AttributeError", "cannot assign before Module.__init__() call");
    if (value instanceof TensorValue) value.forget();
    if (name?.kind === "str") {
      mustBeFree(it, self, kind, name.value);
      register(self, kind, name.value, value);
      if (kind === "_buffers") keepOrNot(it, self, name, args[2] ?? keywords.get("persistent") ?? True);
    } else if (name?.kind === "unknown") {
      const dict = registry(self, kind);
      dict?.touch();
      if (dict) dict.lost ??= new Unknown(`a name that is not known was registered: ${name.why}`);
    }
    return none;
  };
}

/** A name that another attribute has, or that is no name, is refused. */
function mustBeFree(it: Interpreter, self: Instance, kind: Registered, name: string): void {
  const what = { _modules: "module", _parameters: "parameter", _buffers: "buffer" }[kind];
  if (name.includes(".")) it.raise("KeyError", `${what} name can't contain ".", got: ${name}`);
  if (name === "") it.raise("KeyError", `${what} name can't be empty string ""`);
  if (registry(self, kind)?.get(name) !== undefined) return;
  const known = it.silently(() => attempt(() => findAttribute(it, self, name)));
  if (known !== undefined && known.kind !== "unknown") it.raise("KeyError", `attribute '${name}' already exists`);
}

const notKept = "_non_persistent_buffers_set";

/** Notes whether a buffer is part of the state that is saved. */
function keepOrNot(it: Interpreter, self: Instance, name: Value & { kind: "str" }, persistent: Value): void {
  const known = self.attrs.get(notKept);
  if (truth(it, persistent) !== false && known === undefined) return;
  const names = known?.kind === "set" ? known : new SetValue(new Map());
  if (names !== known) self.set(notKept, names);
  names.touch();
  if (truth(it, persistent) === false) names.items.set(`s${name.value}`, name);
  else names.items.delete(`s${name.value}`);
}

type Registered = "_modules" | "_parameters" | "_buffers";

for (const name of ["add_module", "register_module"]) method(moduleClass, name, registering("_modules"));
method(moduleClass, "register_parameter", registering("_parameters"));
method(moduleClass, "register_buffer", registering("_buffers"));

// ── traversal ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A generator, or one that is lost where the tree is not known. */
function generatorOf(module: Instance, items: Value[]): Value {
  const turn = items.values();
  const generator = new Iterator({ next: () => turn.next() }, "generator");
  const why = lostPart(module);
  if (why !== null) generator.lost = new Unknown(why);
  return generator;
}

/** A flag that is on unless it is false. */
const isOn = (it: Interpreter, value: Value | undefined): boolean => value === undefined || truth(it, value) !== false;
const textOf = (value: Value | undefined): string => (value?.kind === "str" ? value.value : "");
const pair = (name: string, value: Value): Value => new Tuple([str(name), value]);

method(moduleClass, "modules", (_it, self) => generatorOf(self, [...modulesOf(self)]));
method(moduleClass, "named_modules", (it, self, args, keywords) => {
  const once = isOn(it, args[2] ?? keywords.get("remove_duplicate"));
  const named = namedModules(self, textOf(args[1] ?? keywords.get("prefix")), once ? new Set() : null);
  return generatorOf(
    self,
    [...named].map(([name, m]) => pair(name, m)),
  );
});
method(moduleClass, "children", (_it, self) =>
  generatorOf(
    self,
    childrenOf(self).map(([, child]) => child),
  ),
);
method(moduleClass, "named_children", (_it, self) =>
  generatorOf(
    self,
    childrenOf(self).map(([name, child]) => pair(name, child)),
  ),
);

/** Children, each once. */
function childrenOf(module: Instance): [string, Instance][] {
  const seen = new Set<Value>();
  return entriesOf(registry(module, "_modules")).flatMap(([name, child]) => {
    if (!isModule(child) || seen.has(child)) return [];
    seen.add(child);
    return [[name, child] as [string, Instance]];
  });
}

for (const [plural, kind] of [
  ["parameters", "_parameters"],
  ["buffers", "_buffers"],
] as const) {
  method(moduleClass, plural, (it, self, args, keywords) => {
    Trace.of(it).listed.add(self);
    const recurse = isOn(it, args[0] ?? keywords.get("recurse"));
    return generatorOf(
      self,
      [...namedTensors(self, kind, recurse)].map(([, t]) => t),
    );
  });
  method(moduleClass, `named_${plural}`, (it, self, args, keywords) => {
    const prefix = textOf(args[0] ?? keywords.get("prefix"));
    const recurse = isOn(it, args[1] ?? keywords.get("recurse"));
    const once = isOn(it, args[2] ?? keywords.get("remove_duplicate"));
    return generatorOf(
      self,
      [...namedTensors(self, kind, recurse, prefix, once)].map(([name, t]) => pair(name, t)),
    );
  });
}

/** What a dotted path leads to. */
function follow(it: Interpreter, self: Instance, path: string): Value {
  let module: Value = self;
  for (const part of path.split(".").filter((each) => each !== "")) {
    const owner: Value = module;
    const found = attempt(() => findAttribute(it, owner, part));
    if (found === undefined) {
      const type = owner.kind === "instance" ? owner.cls.name : owner.kind;
      it.raise("AttributeError", `${type} has no attribute \`${part}\``);
    }
    module = found;
  }
  return module;
}

method(moduleClass, "get_submodule", (it, self, args, keywords) => {
  const target = args[0] ?? keywords.get("target");
  if (target?.kind !== "str") return new Unknown("the name of the submodule is not known");
  return follow(it, self, target.value);
});
for (const name of ["get_parameter", "get_buffer"]) {
  method(moduleClass, name, (it, self, args, keywords) => {
    const target = args[0] ?? keywords.get("target");
    if (target?.kind !== "str") return new Unknown("the name of the tensor is not known");
    return follow(it, self, target.value);
  });
}
method(moduleClass, "set_submodule", (it, self, args, keywords) => {
  const target = args[0] ?? keywords.get("target");
  const module = args[1] ?? keywords.get("module") ?? none;
  if (target?.kind !== "str") {
    const children = registry(self, "_modules");
    children?.touch();
    if (children) children.lost ??= new Unknown("a part whose name is not known was replaced");
    return none;
  }
  const at = target.value.lastIndexOf(".");
  const parent = at < 0 ? self : follow(it, self, target.value.slice(0, at));
  setAttribute(it, parent, target.value.slice(at + 1), module);
  return none;
});
method(moduleClass, "apply", (it, self, args, keywords) => {
  const run = args[0] ?? keywords.get("fn");
  for (const [, child] of childrenOf(self)) call(it, getAttribute(it, child, "apply"), run ? [run] : []);
  if (run) call(it, run, [self]);
  return self;
});
/** What is saved of a module: its parameters and lasting buffers, then its children's, under each of their names. */
function* stateOf(module: Instance, prefix: string, depth = 0): Generator<[string, TensorValue], void, undefined> {
  const fleeting = module.attrs.get(notKept);
  for (const kind of ["_parameters", "_buffers"] as const) {
    for (const [name, tensor] of entriesOf(registry(module, kind))) {
      const isKept = kind === "_parameters" || fleeting?.kind !== "set" || !fleeting.items.has(`s${name}`);
      if (tensor instanceof TensorValue && isKept) yield [prefix + name, tensor];
    }
  }
  for (const [name, child] of entriesOf(registry(module, "_modules"))) {
    if (isModule(child) && depth < 100) yield* stateOf(child, `${prefix}${name}.`, depth + 1);
  }
}

method(moduleClass, "state_dict", (_it, self, args, keywords) => {
  const dict = args[0]?.kind === "dict" ? args[0] : new Dict();
  for (const [name, tensor] of stateOf(self, textOf(keywords.get("prefix")))) dict.set(name, tensor);
  const why = lostPart(self);
  if (why !== null) dict.lost = new Unknown(why);
  return dict;
});

/** Keys that `strict` loading would refuse are not asked for: weights of a checkpoint change no shape. */
method(moduleClass, "load_state_dict", (_it, self, args, keywords) => {
  const state = args[0] ?? keywords.get("state_dict") ?? none;
  if (state.kind !== "dict" || state.lost) return new Unknown("what load_state_dict gives", { plain: true });
  const own = [...stateOf(self, "")].map(([name]) => name);
  const given = [...state.entries.values()].flatMap(({ key }) => (key.kind === "str" ? [key.value] : []));
  const names = (list: readonly string[]): List => new List(list.map(str));
  const missing = names(own.filter((name) => !given.includes(name)));
  const unexpected = names(given.filter((name) => !own.includes(name)));
  return new Tuple([missing, unexpected], namedClass("_IncompatibleKeys", ["missing_keys", "unexpected_keys"]));
});

// ── modes, freezing, and what changes no shape ──────────────────────────────────────────────────────────────────────

method(moduleClass, "train", (it, self, args, keywords) => {
  const mode = args[0] ?? keywords.get("mode") ?? True;
  const t = truth(it, mode);
  setTraining(self, t === undefined ? new Unknown("the mode is not known", { type: "bool" }) : bool(t));
  return self;
});
method(moduleClass, "eval", (it, self) => {
  // `train` may be overridden, to keep frozen parts in eval mode, say.
  return call(it, getAttribute(it, self, "train"), [False]);
});
method(moduleClass, "requires_grad_", (it, self, args, keywords) => {
  const flag = args[0] ?? keywords.get("requires_grad") ?? True;
  const t = truth(it, flag);
  for (const [, tensor] of namedTensors(self, "_parameters")) tensor.setRequiresGrad(t !== false);
  return self;
});
for (const name of ["cuda", "cpu", "share_memory", "to_empty", "xpu", "compile"]) {
  method(moduleClass, name, (_it, self) => self);
}
for (const name of [
  "register_backward_hook",
  "register_full_backward_hook",
  "register_load_state_dict_post_hook",
  "_register_load_state_dict_pre_hook",
  "register_state_dict_pre_hook",
  "set_extra_state",
]) {
  method(moduleClass, name, () => makeHandle(null, 0));
}
// The rest of what PyTorch's Module has: a miss on a module that is known is an AttributeError, which `getattr` with a
// default and `hasattr` ask for.
for (const name of [
  "T_destination",
  "call_super_init",
  "dump_patches",
  "get_extra_state",
  "register_full_backward_pre_hook",
  "register_load_state_dict_pre_hook",
  "register_state_dict_post_hook",
  "_apply",
  "_named_members",
  "_version",
  "_backward_hooks",
  "_state_dict_hooks",
  "_load_from_state_dict",
  "_save_to_state_dict",
  "_register_state_dict_hook",
  "_call_impl",
  "_wrapped_call_impl",
  "_compiled_call_impl",
  "_slow_forward",
  "_is_full_backward_hook",
  "_forward_hooks_always_called",
  "_forward_hooks_with_kwargs",
  "_forward_pre_hooks_with_kwargs",
  "_backward_pre_hooks",
  "_get_backward_hooks",
  "_get_backward_pre_hooks",
  "_maybe_warn_non_full_backward_hook",
  "_load_state_dict_pre_hooks",
  "_load_state_dict_post_hooks",
  "_state_dict_pre_hooks",
  "_replicate_for_data_parallel",
]) {
  if (!moduleClass.dict.has(name))
    moduleClass.dict.set(name, new Unknown(`Module.${name} is not known to this version`));
}
for (const name of ["ipu", "mtia"]) method(moduleClass, name, (_it, self) => self);
for (const [name, kind] of [
  ["register_forward_hook", "_forward_hooks"],
  ["register_forward_pre_hook", "_forward_pre_hooks"],
] as const) {
  method(moduleClass, name, (it, self, args, keywords) => registerHook(it, self, kind, args, keywords));
}
method(moduleClass, "zero_grad", () => none);
method(moduleClass, "extra_repr", () => str(""));
method(moduleClass, "_get_name", (_it, self) => str(self.cls.name));
